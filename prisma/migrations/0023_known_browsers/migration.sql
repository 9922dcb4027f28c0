-- Which browsers a person signs in with, and up to when each has told them what changed on their account. It is told browser by browser:
-- whoever signs in elsewhere with a stolen password and reads the news there has not read it for its owner.
CREATE TABLE auth.known_browser (
  user_id text NOT NULL REFERENCES auth."user" ("id") ON DELETE CASCADE, browser_hash text NOT NULL, first_seen_at timestamptz NOT NULL,
  signed_in_at timestamptz NOT NULL, told_until timestamptz NOT NULL, PRIMARY KEY (user_id, browser_hash));
COMMENT ON TABLE auth.known_browser IS 'A random name in a cookie of the browser, kept here as its hash; it opens nothing.';
COMMENT ON COLUMN auth.known_browser.signed_in_at IS 'By the clock of the product, as the audit trail has its times. What happens after it is told at the next sign-in.';
GRANT SELECT, INSERT, UPDATE, DELETE ON auth.known_browser TO vastus_app;

-- What happened to somebody, out of years of entries.
CREATE INDEX audit_entry_of_member ON audit_entry (clinic_id, subject_id, at DESC, id DESC) WHERE subject_type = 'membership';
