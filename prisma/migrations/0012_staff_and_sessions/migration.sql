-- Staff are invited, sessions are ours: ended in the transaction of their cause, kept as hashes, bounded by idleness and by age.

DROP TABLE auth."session"; -- everybody signs in once more
DROP TABLE auth."verification";
ALTER TABLE auth."account" DROP COLUMN "accessToken", DROP COLUMN "refreshToken", DROP COLUMN "idToken", DROP COLUMN "accessTokenExpiresAt",
  DROP COLUMN "refreshTokenExpiresAt", DROP COLUMN "scope";

CREATE TABLE auth.session (
  id uuid PRIMARY KEY, token_hash text NOT NULL UNIQUE, user_id text NOT NULL REFERENCES auth."user" ("id") ON DELETE CASCADE, clinic_id uuid,
  stage text NOT NULL CHECK (stage IN ('open', 'second-factor', 'enrolment')),
  method text NOT NULL CHECK (method IN ('password', 'single-sign-on')), address text, device text,
  created_at timestamptz NOT NULL, last_seen_at timestamptz NOT NULL, expires_at timestamptz NOT NULL,
  ended_at timestamptz, end_reason text CHECK (end_reason IN ('signed-out', 'ended-elsewhere', 'password-changed', 'factor-reset', 'idle', 'access-ended', 'next-step')),
  CONSTRAINT session_end_has_reason CHECK ((ended_at IS NULL) = (end_reason IS NULL)));
COMMENT ON TABLE auth.session IS 'The token itself is only in the browser. Ended sessions stay for a day, so that the next click can say why.';
COMMENT ON COLUMN auth.session.stage IS 'Only an open session may do anything; the others wait for the second factor.';
CREATE INDEX session_of_user ON auth.session (user_id);
CREATE INDEX session_by_end ON auth.session (expires_at);

CREATE TABLE auth.second_factor (
  user_id text PRIMARY KEY REFERENCES auth."user" ("id") ON DELETE CASCADE, secret text, confirmed_at timestamptz, last_step bigint,
  proposed_secret text, proposed_at timestamptz,
  CONSTRAINT second_factor_is_confirmed CHECK ((secret IS NULL) = (confirmed_at IS NULL)));
COMMENT ON COLUMN auth.second_factor.secret IS 'Encrypted with a key derived from AUTH_SECRET; NULL until the first code was right.';
COMMENT ON COLUMN auth.second_factor.last_step IS 'The last time step whose code was used: no code works twice.';
CREATE TABLE auth.recovery_code (
  user_id text NOT NULL REFERENCES auth."user" ("id") ON DELETE CASCADE, code_hash text NOT NULL, used_at timestamptz,
  PRIMARY KEY (user_id, code_hash));
GRANT SELECT, INSERT, UPDATE, DELETE ON auth.session, auth.second_factor, auth.recovery_code TO vastus_app;

ALTER TABLE clinic
  ADD COLUMN second_factor_roles text[] NOT NULL DEFAULT '{}' CHECK (second_factor_roles <@ ARRAY['nurse', 'physician', 'administrator']),
  ADD COLUMN idle_minutes integer NOT NULL DEFAULT 30 CHECK (idle_minutes BETWEEN 5 AND 720),
  ADD COLUMN sign_in_version integer NOT NULL DEFAULT 1;
COMMENT ON COLUMN clinic.sign_in_version IS 'Counts the edits of how this clinic signs in.';

ALTER TABLE membership ADD COLUMN version integer NOT NULL DEFAULT 1, ADD COLUMN deactivated_at timestamptz;

CREATE TABLE invitation (
  clinic_id uuid NOT NULL REFERENCES clinic (id), id uuid NOT NULL, email text NOT NULL CHECK (email <> '' AND email = lower(email)),
  role text NOT NULL CHECK (role IN ('nurse', 'physician', 'administrator')), token_hash text NOT NULL UNIQUE,
  created_at timestamptz NOT NULL, created_by uuid, expires_at timestamptz NOT NULL,
  accepted_at timestamptz, accepted_by uuid, revoked_at timestamptz, revoked_by uuid,
  PRIMARY KEY (clinic_id, id),
  FOREIGN KEY (clinic_id, created_by) REFERENCES membership (clinic_id, id),
  FOREIGN KEY (clinic_id, accepted_by) REFERENCES membership (clinic_id, id),
  FOREIGN KEY (clinic_id, revoked_by) REFERENCES membership (clinic_id, id),
  CONSTRAINT invitation_is_used_once CHECK ((accepted_at IS NULL) = (accepted_by IS NULL) AND (accepted_at IS NULL OR revoked_at IS NULL)));
COMMENT ON COLUMN invitation.created_by IS 'NULL: made on the command line.';
CREATE UNIQUE INDEX invitation_open_once ON invitation (clinic_id, email) WHERE accepted_at IS NULL AND revoked_at IS NULL;
ALTER TABLE invitation ENABLE ROW LEVEL SECURITY;
CREATE POLICY same_clinic ON invitation USING (clinic_id = current_clinic()) WITH CHECK (clinic_id = current_clinic());
GRANT SELECT, INSERT, UPDATE ON invitation TO vastus_app;

-- Who holds a link is of no clinic yet.
CREATE FUNCTION invitation_with(hash text) RETURNS TABLE (clinic_id uuid, invitation_id uuid) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT i.clinic_id, i.id FROM invitation i WHERE i.token_hash = hash $$;
DROP FUNCTION memberships_of_user(text);
CREATE FUNCTION memberships_of_user(wanted_user_id text)
  RETURNS TABLE (clinic_id uuid, membership_id uuid, role text, clinic_name text, time_zone text, is_demo boolean, idle_minutes integer, needs_second_factor boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT m.clinic_id, m.id, m.role, c.name, c.time_zone, c.is_demo, c.idle_minutes, m.role = ANY (c.second_factor_roles)
          FROM membership m JOIN clinic c ON c.id = m.clinic_id WHERE m.user_id = wanted_user_id AND m.active ORDER BY c.name, m.clinic_id $$;
-- What production must not start with.
CREATE FUNCTION has_demo_clinic() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT EXISTS (SELECT FROM clinic WHERE is_demo) $$;
REVOKE EXECUTE ON FUNCTION invitation_with(text), memberships_of_user(text), has_demo_clinic() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION invitation_with(text), memberships_of_user(text), has_demo_clinic() TO vastus_app;
