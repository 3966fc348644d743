/** How long an access token of the users service counts: as long as a revocation has to be remembered. */
export const ACCESS_TOKEN_LIFE_SECONDS = 15 * 60;
