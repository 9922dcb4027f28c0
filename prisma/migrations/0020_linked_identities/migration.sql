-- Single sign-on. A row of auth.account is a way in: a password ('credential'), or an identity of the organisation's provider: issuer and subject.
CREATE UNIQUE INDEX account_of_identity ON auth."account" ("providerId", "accountId");
CREATE UNIQUE INDEX account_of_user ON auth."account" ("userId", "providerId");
COMMENT ON COLUMN auth."account"."providerId" IS '''credential'', or the issuer of the identity.';
COMMENT ON COLUMN auth."account"."accountId" IS 'The user''s id, or the subject as the issuer names it: never an e-mail address, which may be given to somebody else.';
