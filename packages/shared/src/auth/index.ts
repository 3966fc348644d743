export { ACCESS_TOKEN_LIFE_SECONDS } from './access-token.ts';
export { API_KEY_PREFIX, hashApiKey, isApiKey, newApiKey, shownPrefixOf } from './api-key.ts';
export { createNonceMemory, type NonceMemory, type NonceMemoryOptions } from './nonce-memory.ts';
export {
  createReplayMemory,
  SIGNATURE_HEADERS,
  type SignedRequest,
  type SigningContext,
  signRequest,
  type VerifyingContext,
  verifyRequest,
} from './request-signature.ts';
export { createSharedNonces, type SharedNonces } from './shared-nonces.ts';
export { equalSecrets, readClaims, signClaims } from './signed-claims.ts';
export {
  actorOf,
  mayWrite,
  ROLES,
  type Role,
  requireSession,
  requireUser,
  requireViewer,
  type ServiceViewer,
  seesWholeWorkspace,
  type UserViewer,
  type Viewer,
  viewerSchema,
  WRITE_SCOPE,
} from './viewer.ts';
