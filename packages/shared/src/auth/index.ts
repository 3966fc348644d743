export {
  SIGNATURE_HEADERS,
  type SignedRequest,
  type SigningContext,
  signRequest,
  type VerifyingContext,
  verifyRequest,
} from './request-signature.ts';
export {
  actorOf,
  ROLES,
  type Role,
  requireUser,
  requireViewer,
  type ServiceViewer,
  seesWholeWorkspace,
  type UserViewer,
  type Viewer,
  viewerSchema,
} from './viewer.ts';
