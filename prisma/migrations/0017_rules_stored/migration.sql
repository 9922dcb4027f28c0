-- What stored rows say of rules, over all clinics: asked at the start, so that what this software does not know is told to an operator, and not
-- found by whoever opens the row. Names of rules, findings and parameters; nothing about anybody.
CREATE FUNCTION rules_stored() RETURNS TABLE (place text, name text, code text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT 'milestone', rule_id, NULL FROM milestone GROUP BY rule_id
        UNION ALL SELECT 'alert', rule_id, NULL FROM alert GROUP BY rule_id
        UNION ALL SELECT DISTINCT 'finding', f ->> 'ruleId', f ->> 'code' FROM (
            SELECT findings FROM injection WHERE findings <> '[]'
            UNION ALL SELECT findings FROM route_decision
            UNION ALL SELECT findings FROM self_injection_approval
            UNION ALL SELECT findings FROM folic_acid_override) s, jsonb_array_elements(s.findings) f
        UNION ALL SELECT DISTINCT 'parameter', key, NULL FROM protocol_version, jsonb_object_keys(parameters) AS k (key)
        UNION ALL SELECT DISTINCT 'monitoring plan', parameters ->> 'monitoringPlan', NULL FROM protocol_version WHERE parameters ? 'monitoringPlan' $$;
REVOKE EXECUTE ON FUNCTION rules_stored() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION rules_stored() TO vastus_app;
