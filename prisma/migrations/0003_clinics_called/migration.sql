-- Tools of the command line are told a clinic by its name or id; without one, they need to know which there are.
CREATE FUNCTION clinics_called(wanted text) RETURNS TABLE (id uuid, name text) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
  AS $$ SELECT c.id, c.name FROM clinic c WHERE wanted IS NULL OR c.name = wanted OR c.id::text = lower(wanted) ORDER BY c.name, c.id LIMIT 20 $$;
REVOKE EXECUTE ON FUNCTION clinics_called(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION clinics_called(text) TO vastus_app;
