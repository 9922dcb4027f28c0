-- Whoever counts the patients on IM hold wants to see who they are: the search takes them alone, with or without words. The holds are few
-- and found first (hold_open). A program of the version before calls it with seven arguments and finds what it found.
DROP FUNCTION search_patients(text[], text, date, integer, text, text, uuid);
CREATE FUNCTION search_patients(folded_words text[], record_prefix text, born_on date, page_size integer,
                                after_family_name text DEFAULT NULL, after_given_name text DEFAULT NULL, after_id uuid DEFAULT NULL,
                                only_held boolean DEFAULT false)
  RETURNS TABLE (id uuid) ROWS 50 LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  clinic uuid := current_clinic();
  condition text := '';
  word text;
BEGIN
  FOREACH word IN ARRAY coalesce(folded_words, '{}') LOOP
    CONTINUE WHEN word = '';
    condition := condition || format(' AND p.search_name LIKE %L',
      CASE WHEN length(word) < 3 THEN '% ' ELSE '%' END || replace(replace(replace(word, '\', '\\'), '%', '\%'), '_', '\_') || '%');
  END LOOP;
  IF record_prefix <> '' THEN
    condition := condition || format(' AND lower(p.record_number) LIKE %L',
      replace(replace(replace(lower(record_prefix), '\', '\\'), '%', '\%'), '_', '\_') || '%');
  END IF;
  IF born_on IS NOT NULL THEN
    condition := condition || format(' AND p.birth_date = %L', born_on);
  END IF;
  IF only_held THEN
    condition := condition || format(' AND p.id = ANY (ARRAY(SELECT h.patient_id FROM hold h WHERE h.clinic_id = %L AND h.lifted_at IS NULL))', clinic);
  END IF;
  IF clinic IS NULL OR condition = '' THEN RETURN; END IF;
  IF after_id IS NOT NULL THEN
    condition := condition || format(' AND (p.family_name, p.given_name, p.id) > (%L, %L, %L)', after_family_name, after_given_name, after_id);
  END IF;
  -- Literals rather than parameters: the choice of index depends on how rare the words are.
  RETURN QUERY EXECUTE format('SELECT p.id FROM patient p WHERE p.clinic_id = %L', clinic) || condition
    || format(' ORDER BY p.family_name, p.given_name, p.id LIMIT %L::integer', page_size);
END $$;
REVOKE EXECUTE ON FUNCTION search_patients(text[], text, date, integer, text, text, uuid, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION search_patients(text[], text, date, integer, text, text, uuid, boolean) TO vastus_app;
