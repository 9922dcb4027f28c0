-- Acts that bind the clinic or open a door ask who sits there once more. When that was proven last stands with the session, and no
-- other session has anything of it. Sessions from before have proven nothing.
ALTER TABLE auth.session ADD COLUMN proven_at timestamptz;
COMMENT ON COLUMN auth.session.proven_at IS 'When the person last proved who they are: at the sign-in, or again since; NULL where the provider did not say when it asked.';
