-- Foundation: every clinical table is keyed by (clinic_id, id), every foreign key carries clinic_id,
-- and row-level security by clinic is the second wall. The application connects as a member of vastus_app, which owns nothing.

CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gin;

DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'vastus_app') THEN CREATE ROLE vastus_app NOLOGIN; END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; -- two databases of one server migrating at once
END $$;

-- The clinic of the running transaction; without one, nothing is visible.
CREATE FUNCTION current_clinic() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('vastus.clinic_id', true), '')::uuid $$;

-- ── Sign-in (better-auth) ──────────────────────────────────────────────────────────────────────────────────────────────
CREATE SCHEMA auth;
CREATE TABLE auth."user" (
  "id" text PRIMARY KEY, "name" text NOT NULL, "email" text NOT NULL UNIQUE, "emailVerified" boolean NOT NULL, "image" text,
  "createdAt" timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP, "updatedAt" timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP);
CREATE TABLE auth."session" (
  "id" text PRIMARY KEY, "expiresAt" timestamptz NOT NULL, "token" text NOT NULL UNIQUE,
  "createdAt" timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP, "updatedAt" timestamptz NOT NULL,
  "ipAddress" text, "userAgent" text, "userId" text NOT NULL REFERENCES auth."user" ("id") ON DELETE CASCADE,
  "clinicId" uuid);
CREATE INDEX "session_userId_idx" ON auth."session" ("userId");
CREATE TABLE auth."account" (
  "id" text PRIMARY KEY, "accountId" text NOT NULL, "providerId" text NOT NULL,
  "userId" text NOT NULL REFERENCES auth."user" ("id") ON DELETE CASCADE,
  "accessToken" text, "refreshToken" text, "idToken" text, "accessTokenExpiresAt" timestamptz, "refreshTokenExpiresAt" timestamptz,
  "scope" text, "password" text, "createdAt" timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP, "updatedAt" timestamptz NOT NULL);
CREATE INDEX "account_userId_idx" ON auth."account" ("userId");
CREATE TABLE auth."verification" (
  "id" text PRIMARY KEY, "identifier" text NOT NULL, "value" text NOT NULL, "expiresAt" timestamptz NOT NULL,
  "createdAt" timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP, "updatedAt" timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP);
CREATE INDEX "verification_identifier_idx" ON auth."verification" ("identifier");
CREATE TABLE auth."rateLimit" ("id" text PRIMARY KEY, "key" text NOT NULL UNIQUE, "count" integer NOT NULL, "lastRequest" bigint NOT NULL);

-- ── Clinics and staff ──────────────────────────────────────────────────────────────────────────────────────────────────
CREATE TABLE clinic (
  id uuid PRIMARY KEY, name text NOT NULL CHECK (name <> ''), time_zone text NOT NULL, is_demo boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL);

CREATE TABLE membership (
  clinic_id uuid NOT NULL REFERENCES clinic (id), id uuid NOT NULL, user_id text NOT NULL REFERENCES auth."user" ("id"),
  role text NOT NULL CHECK (role IN ('nurse', 'physician', 'administrator')), active boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (clinic_id, id), UNIQUE (clinic_id, user_id));
CREATE INDEX membership_user ON membership (user_id);

CREATE TABLE protocol_version (
  clinic_id uuid NOT NULL REFERENCES clinic (id), id uuid NOT NULL, number integer NOT NULL CHECK (number > 0),
  parameters jsonb NOT NULL, in_force_from timestamptz NOT NULL, note text, created_at timestamptz NOT NULL,
  PRIMARY KEY (clinic_id, id), UNIQUE (clinic_id, number));

-- ── Products and lots ──────────────────────────────────────────────────────────────────────────────────────────────────
CREATE TABLE product (
  clinic_id uuid NOT NULL REFERENCES clinic (id), id uuid NOT NULL, name text NOT NULL CHECK (name <> ''),
  substance text NOT NULL CHECK (substance IN ('cyanocobalamin', 'hydroxocobalamin', 'methylcobalamin', 'colecalciferol', 'retinol')),
  strength_micrograms_per_ml numeric NOT NULL CHECK (strength_micrograms_per_ml > 0), default_dose_micrograms numeric NOT NULL CHECK (default_dose_micrograms > 0),
  routes text[] NOT NULL CHECK (routes <@ ARRAY['IM', 'SC'] AND cardinality(routes) > 0), atc_code text, active boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (clinic_id, id), UNIQUE (clinic_id, name));

CREATE TABLE product_gtin (
  clinic_id uuid NOT NULL, gtin text NOT NULL CHECK (gtin ~ '^[0-9]{14}$'), product_id uuid NOT NULL,
  PRIMARY KEY (clinic_id, gtin), FOREIGN KEY (clinic_id, product_id) REFERENCES product (clinic_id, id));

CREATE TABLE lot (
  clinic_id uuid NOT NULL, id uuid NOT NULL, product_id uuid NOT NULL, lot_number text NOT NULL CHECK (lot_number <> '' AND length(lot_number) <= 20),
  expires_on date NOT NULL, status text NOT NULL DEFAULT 'usable' CHECK (status IN ('usable', 'on-hold', 'recalled')), status_reason text,
  received_on date NOT NULL, version integer NOT NULL DEFAULT 1, created_at timestamptz NOT NULL,
  PRIMARY KEY (clinic_id, id), UNIQUE (clinic_id, product_id, lot_number), UNIQUE (clinic_id, id, product_id),
  FOREIGN KEY (clinic_id, product_id) REFERENCES product (clinic_id, id));

-- ── Patients ───────────────────────────────────────────────────────────────────────────────────────────────────────────
CREATE TABLE patient (
  clinic_id uuid NOT NULL REFERENCES clinic (id), id uuid NOT NULL,
  record_number text NOT NULL CHECK (record_number <> ''), family_name text NOT NULL CHECK (family_name <> ''), given_name text NOT NULL,
  search_name text NOT NULL, birth_date date NOT NULL, sex text NOT NULL CHECK (sex IN ('female', 'male', 'other', 'unknown')),
  phone text, email text, interpreter_language text, deceased_on date,
  renal_dysfunction boolean, malabsorption text[] NOT NULL DEFAULT '{}', risk_groups text[] NOT NULL DEFAULT '{}', allergies text[] NOT NULL DEFAULT '{}',
  allergy_note text, anticoagulated boolean, folic_acid_mg_per_day numeric CHECK (folic_acid_mg_per_day >= 0), neurotoxic_drugs text,
  note text, version integer NOT NULL DEFAULT 1, recorded_at timestamptz NOT NULL, recorded_by uuid,
  PRIMARY KEY (clinic_id, id), UNIQUE (clinic_id, record_number),
  FOREIGN KEY (clinic_id, recorded_by) REFERENCES membership (clinic_id, id));
COMMENT ON COLUMN patient.search_name IS 'Lower case, without accents: "given family given family"; written by the application.';
CREATE INDEX patient_by_name ON patient (clinic_id, family_name, given_name, id);
CREATE INDEX patient_by_birth_date ON patient (clinic_id, birth_date, id);
CREATE INDEX patient_search ON patient USING gin (clinic_id, search_name gin_trgm_ops);
CREATE INDEX patient_record_search ON patient (clinic_id, lower(record_number) text_pattern_ops);

-- ── Courses ────────────────────────────────────────────────────────────────────────────────────────────────────────────
CREATE TABLE course (
  clinic_id uuid NOT NULL, id uuid NOT NULL, patient_id uuid NOT NULL, product_id uuid NOT NULL, dose_micrograms numeric NOT NULL CHECK (dose_micrograms > 0),
  indication text, cause text NOT NULL, neurological_involvement boolean NOT NULL, symptoms_since date, anemia_at_baseline boolean NOT NULL DEFAULT false,
  regimen text NOT NULL CHECK (regimen IN ('loading-alternate-days', 'loading-three-weekly-neurological', 'loading-three-weekly', 'methylcobalamin-three-weekly', 'maintenance')),
  maintenance_months integer NOT NULL CHECK (maintenance_months BETWEEN 1 AND 3),
  monitoring_plan text NOT NULL CHECK (monitoring_plan IN ('MON-3-6-12', 'MON-Q3', 'none')),
  started_on date NOT NULL, loading_ended_on date, ended_on date, end_reason text,
  version integer NOT NULL DEFAULT 1, recorded_at timestamptz NOT NULL, recorded_by uuid,
  -- Projection of the rules, rewritten in the transaction of every fact it depends on; never edited by hand.
  phase text NOT NULL DEFAULT 'loading' CHECK (phase IN ('loading', 'maintenance', 'on-hold', 'ended')),
  first_dose_on date, last_dose_on date, doses_given integer NOT NULL DEFAULT 0,
  next_earliest_on date, next_due_on date, next_late_on date,
  PRIMARY KEY (clinic_id, id), UNIQUE (clinic_id, id, patient_id),
  FOREIGN KEY (clinic_id, patient_id) REFERENCES patient (clinic_id, id),
  FOREIGN KEY (clinic_id, product_id) REFERENCES product (clinic_id, id),
  FOREIGN KEY (clinic_id, recorded_by) REFERENCES membership (clinic_id, id));
CREATE INDEX course_of_patient ON course (clinic_id, patient_id);
CREATE INDEX course_due ON course (clinic_id, next_due_on, id) WHERE next_due_on IS NOT NULL AND ended_on IS NULL;

CREATE TABLE course_proposal (
  clinic_id uuid NOT NULL, id uuid NOT NULL, patient_id uuid NOT NULL, source text NOT NULL, display text NOT NULL, code text, authored_on date,
  state text NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'accepted', 'declined')), course_id uuid, decided_at timestamptz, decided_by uuid, reason text,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (clinic_id, id), FOREIGN KEY (clinic_id, patient_id) REFERENCES patient (clinic_id, id),
  FOREIGN KEY (clinic_id, course_id, patient_id) REFERENCES course (clinic_id, id, patient_id),
  FOREIGN KEY (clinic_id, decided_by) REFERENCES membership (clinic_id, id));
CREATE INDEX course_proposal_open ON course_proposal (clinic_id, created_at, id) WHERE state = 'proposed';
CREATE INDEX course_proposal_of_patient ON course_proposal (clinic_id, patient_id);

-- ── Injections ─────────────────────────────────────────────────────────────────────────────────────────────────────────
CREATE TABLE injection (
  clinic_id uuid NOT NULL, id uuid NOT NULL, patient_id uuid NOT NULL, course_id uuid NOT NULL, product_id uuid NOT NULL, lot_id uuid,
  status text NOT NULL CHECK (status IN ('given', 'not-given')), not_given_reason text,
  dose_micrograms numeric NOT NULL CHECK (dose_micrograms > 0), volume_ml numeric CHECK (volume_ml > 0),
  route text NOT NULL CHECK (route IN ('IM', 'SC')), site text, needle_gauge integer, needle_length_mm numeric,
  aspirated text CHECK (aspirated IN ('yes', 'no', 'not-applicable')), skin_findings text[] NOT NULL DEFAULT '{}',
  given_at timestamptz NOT NULL, given_on date NOT NULL, given_by text, self_reported boolean NOT NULL DEFAULT false, identity_checked boolean NOT NULL DEFAULT false,
  baseline jsonb, note text,
  findings jsonb NOT NULL DEFAULT '[]', blocked boolean NOT NULL DEFAULT false, override_reason text, override_by uuid,
  against_stop boolean NOT NULL DEFAULT false, stop_reason text,
  state text NOT NULL DEFAULT 'effective' CHECK (state IN ('effective', 'superseded', 'voided')), replaces_id uuid,
  amend_reason text, voided_at timestamptz, voided_by uuid, void_reason text,
  recorded_at timestamptz NOT NULL, recorded_by uuid NOT NULL,
  PRIMARY KEY (clinic_id, id), UNIQUE (clinic_id, id, patient_id),
  FOREIGN KEY (clinic_id, patient_id) REFERENCES patient (clinic_id, id),
  FOREIGN KEY (clinic_id, course_id, patient_id) REFERENCES course (clinic_id, id, patient_id),
  FOREIGN KEY (clinic_id, product_id) REFERENCES product (clinic_id, id),
  FOREIGN KEY (clinic_id, lot_id, product_id) REFERENCES lot (clinic_id, id, product_id),
  FOREIGN KEY (clinic_id, replaces_id, patient_id) REFERENCES injection (clinic_id, id, patient_id),
  FOREIGN KEY (clinic_id, recorded_by) REFERENCES membership (clinic_id, id),
  FOREIGN KEY (clinic_id, override_by) REFERENCES membership (clinic_id, id),
  FOREIGN KEY (clinic_id, voided_by) REFERENCES membership (clinic_id, id),
  CONSTRAINT injection_im_has_site CHECK (status = 'not-given' OR route <> 'IM' OR site IS NOT NULL),
  CONSTRAINT injection_not_given_has_reason CHECK (status = 'given' OR not_given_reason IS NOT NULL),
  -- No injection is stored against a block without a physician's override or the REC-TRUTH mark.
  CONSTRAINT injection_block_is_answered CHECK (NOT blocked OR status = 'not-given' OR (override_by IS NOT NULL AND length(override_reason) >= 10) OR (against_stop AND length(stop_reason) >= 10)),
  CONSTRAINT injection_void_is_signed CHECK ((state = 'voided') = (voided_at IS NOT NULL) AND (voided_at IS NULL OR (voided_by IS NOT NULL AND void_reason IS NOT NULL))));
CREATE INDEX injection_of_patient ON injection (clinic_id, patient_id, given_at DESC, id);
CREATE INDEX injection_by_time ON injection (clinic_id, given_at DESC, id DESC);
CREATE INDEX injection_of_lot ON injection (clinic_id, lot_id) WHERE lot_id IS NOT NULL;
CREATE INDEX injection_of_course ON injection (clinic_id, course_id);
CREATE INDEX injection_given_on ON injection (clinic_id, given_on, id);
CREATE UNIQUE INDEX injection_replaced_once ON injection (clinic_id, replaces_id) WHERE replaces_id IS NOT NULL;

-- ── Adverse events and what follows from them ──────────────────────────────────────────────────────────────────────────
CREATE TABLE adverse_event (
  clinic_id uuid NOT NULL, id uuid NOT NULL, patient_id uuid NOT NULL, injection_id uuid, site text, onset_at timestamptz NOT NULL, reported_at timestamptz NOT NULL,
  narrative text, assessment jsonb NOT NULL, triage jsonb NOT NULL, triage_level text NOT NULL, severity text NOT NULL,
  ctcae_term text, ctcae_grade integer CHECK (ctcae_grade BETWEEN 1 AND 5), serious boolean, causality text, outcome text NOT NULL DEFAULT 'ongoing',
  resolved_at timestamptz, resolved_by text,
  state text NOT NULL DEFAULT 'effective' CHECK (state IN ('effective', 'superseded', 'voided')), replaces_id uuid, amend_reason text,
  voided_at timestamptz, voided_by uuid, void_reason text, recorded_at timestamptz NOT NULL, recorded_by uuid NOT NULL,
  PRIMARY KEY (clinic_id, id), UNIQUE (clinic_id, id, patient_id),
  FOREIGN KEY (clinic_id, patient_id) REFERENCES patient (clinic_id, id),
  FOREIGN KEY (clinic_id, injection_id, patient_id) REFERENCES injection (clinic_id, id, patient_id),
  FOREIGN KEY (clinic_id, replaces_id, patient_id) REFERENCES adverse_event (clinic_id, id, patient_id),
  FOREIGN KEY (clinic_id, recorded_by) REFERENCES membership (clinic_id, id),
  FOREIGN KEY (clinic_id, voided_by) REFERENCES membership (clinic_id, id),
  CONSTRAINT adverse_event_void_is_signed CHECK ((state = 'voided') = (voided_at IS NOT NULL) AND (voided_at IS NULL OR (voided_by IS NOT NULL AND void_reason IS NOT NULL))));
CREATE INDEX adverse_event_of_patient ON adverse_event (clinic_id, patient_id);
CREATE UNIQUE INDEX adverse_event_replaced_once ON adverse_event (clinic_id, replaces_id) WHERE replaces_id IS NOT NULL;
CREATE INDEX adverse_event_by_time ON adverse_event (clinic_id, reported_at DESC, id DESC);

CREATE TABLE examination (
  clinic_id uuid NOT NULL, id uuid NOT NULL, patient_id uuid NOT NULL, event_id uuid NOT NULL, examined_at timestamptz NOT NULL,
  course text NOT NULL CHECK (course IN ('improving', 'stable', 'worsening', 'resolved')), motor_deficit boolean, electrodiagnostic_study boolean NOT NULL DEFAULT false,
  pain integer CHECK (pain BETWEEN 0 AND 10), mrc jsonb, sensory text, note text,
  state text NOT NULL DEFAULT 'effective' CHECK (state IN ('effective', 'voided')), voided_at timestamptz, voided_by uuid, void_reason text,
  recorded_at timestamptz NOT NULL, recorded_by uuid NOT NULL,
  PRIMARY KEY (clinic_id, id),
  FOREIGN KEY (clinic_id, event_id, patient_id) REFERENCES adverse_event (clinic_id, id, patient_id),
  FOREIGN KEY (clinic_id, recorded_by) REFERENCES membership (clinic_id, id),
  FOREIGN KEY (clinic_id, voided_by) REFERENCES membership (clinic_id, id));
CREATE INDEX examination_of_event ON examination (clinic_id, event_id);
CREATE INDEX examination_of_patient ON examination (clinic_id, patient_id);

CREATE TABLE route_decision (
  clinic_id uuid NOT NULL, id uuid NOT NULL, patient_id uuid NOT NULL, decision text NOT NULL CHECK (decision IN ('oral', 'continue-im', 'stop')),
  reason text NOT NULL CHECK (length(reason) >= 10), findings jsonb NOT NULL DEFAULT '[]', decided_at timestamptz NOT NULL, decided_by uuid NOT NULL,
  PRIMARY KEY (clinic_id, id), FOREIGN KEY (clinic_id, patient_id) REFERENCES patient (clinic_id, id),
  FOREIGN KEY (clinic_id, decided_by) REFERENCES membership (clinic_id, id));
CREATE INDEX route_decision_of_patient ON route_decision (clinic_id, patient_id);

-- The IM hold, one open row a patient: projection of the rules.
CREATE TABLE hold (
  clinic_id uuid NOT NULL, id uuid NOT NULL, patient_id uuid NOT NULL, since timestamptz NOT NULL, cause_event_ids uuid[] NOT NULL, lifted_at timestamptz, route_decision_id uuid,
  PRIMARY KEY (clinic_id, id), FOREIGN KEY (clinic_id, patient_id) REFERENCES patient (clinic_id, id),
  FOREIGN KEY (clinic_id, route_decision_id) REFERENCES route_decision (clinic_id, id));
CREATE UNIQUE INDEX hold_open ON hold (clinic_id, patient_id) WHERE lifted_at IS NULL;

CREATE TABLE site_restriction (
  clinic_id uuid NOT NULL, id uuid NOT NULL, patient_id uuid NOT NULL, sites text[] NOT NULL CHECK (cardinality(sites) > 0), reason text NOT NULL,
  since date NOT NULL, until date, cause_event_id uuid, lifted_at timestamptz, lifted_by uuid, lift_reason text, recorded_at timestamptz NOT NULL, recorded_by uuid,
  PRIMARY KEY (clinic_id, id), FOREIGN KEY (clinic_id, patient_id) REFERENCES patient (clinic_id, id),
  FOREIGN KEY (clinic_id, cause_event_id, patient_id) REFERENCES adverse_event (clinic_id, id, patient_id),
  FOREIGN KEY (clinic_id, recorded_by) REFERENCES membership (clinic_id, id),
  FOREIGN KEY (clinic_id, lifted_by) REFERENCES membership (clinic_id, id));
CREATE INDEX site_restriction_of_patient ON site_restriction (clinic_id, patient_id);
CREATE UNIQUE INDEX site_restriction_of_event ON site_restriction (clinic_id, cause_event_id) WHERE cause_event_id IS NOT NULL;

-- ── Laboratory ─────────────────────────────────────────────────────────────────────────────────────────────────────────
CREATE TABLE lab_result (
  clinic_id uuid NOT NULL, id uuid NOT NULL, patient_id uuid NOT NULL, loinc text NOT NULL, analyte text NOT NULL,
  value numeric NOT NULL, unit text NOT NULL, harmonized_value numeric NOT NULL, harmonized_unit text NOT NULL,
  collected_at timestamptz NOT NULL, collected_on date NOT NULL, resulted_at timestamptz NOT NULL,
  status text NOT NULL CHECK (status IN ('final', 'corrected')), source text NOT NULL, note text,
  state text NOT NULL DEFAULT 'effective' CHECK (state IN ('effective', 'superseded', 'voided')), replaces_id uuid, amend_reason text,
  voided_at timestamptz, voided_by uuid, void_reason text, recorded_at timestamptz NOT NULL, recorded_by uuid,
  PRIMARY KEY (clinic_id, id), UNIQUE (clinic_id, id, patient_id),
  FOREIGN KEY (clinic_id, patient_id) REFERENCES patient (clinic_id, id),
  FOREIGN KEY (clinic_id, replaces_id, patient_id) REFERENCES lab_result (clinic_id, id, patient_id),
  FOREIGN KEY (clinic_id, recorded_by) REFERENCES membership (clinic_id, id),
  FOREIGN KEY (clinic_id, voided_by) REFERENCES membership (clinic_id, id),
  CONSTRAINT lab_result_void_is_signed CHECK ((state = 'voided') = (voided_at IS NOT NULL) AND (voided_at IS NULL OR (voided_by IS NOT NULL AND void_reason IS NOT NULL))));
CREATE INDEX lab_result_of_patient ON lab_result (clinic_id, patient_id, collected_at DESC, id);
CREATE UNIQUE INDEX lab_result_replaced_once ON lab_result (clinic_id, replaces_id) WHERE replaces_id IS NOT NULL;
CREATE INDEX lab_result_by_time ON lab_result (clinic_id, collected_at DESC, id DESC);

-- ── What is due ────────────────────────────────────────────────────────────────────────────────────────────────────────
CREATE TABLE milestone (
  clinic_id uuid NOT NULL, id uuid NOT NULL, patient_id uuid NOT NULL, natural_key text NOT NULL, rule_id text NOT NULL,
  subject_type text NOT NULL, subject_id uuid NOT NULL, opens_at timestamptz NOT NULL, due_at timestamptz NOT NULL, due_on date NOT NULL, overdue_at timestamptz,
  owner_role text NOT NULL CHECK (owner_role IN ('nurse', 'physician', 'administrator')),
  priority text NOT NULL CHECK (priority IN ('emergency', 'urgent', 'high', 'normal', 'low')),
  -- planned: not yet an alert · raised: has one · met: satisfied by facts · cancelled: its cause is gone
  state text NOT NULL DEFAULT 'planned' CHECK (state IN ('planned', 'raised', 'met', 'cancelled')),
  met_at timestamptz, met_by uuid[] NOT NULL DEFAULT '{}', missing text[] NOT NULL DEFAULT '{}', dismissible boolean NOT NULL DEFAULT true,
  facts jsonb NOT NULL DEFAULT '{}', protocol_version_id uuid NOT NULL, created_at timestamptz NOT NULL,
  PRIMARY KEY (clinic_id, id), UNIQUE (clinic_id, patient_id, natural_key), UNIQUE (clinic_id, id, patient_id),
  FOREIGN KEY (clinic_id, patient_id) REFERENCES patient (clinic_id, id),
  FOREIGN KEY (clinic_id, protocol_version_id) REFERENCES protocol_version (clinic_id, id));
CREATE INDEX milestone_to_raise ON milestone (clinic_id, opens_at, id) WHERE state = 'planned';
CREATE INDEX milestone_to_raise_anywhere ON milestone (opens_at) WHERE state = 'planned';

CREATE TABLE alert (
  clinic_id uuid NOT NULL, id uuid NOT NULL, patient_id uuid NOT NULL, milestone_id uuid NOT NULL, rule_id text NOT NULL,
  owner_role text NOT NULL CHECK (owner_role IN ('nurse', 'physician', 'administrator')),
  priority text NOT NULL CHECK (priority IN ('emergency', 'urgent', 'high', 'normal', 'low')),
  priority_rank smallint NOT NULL GENERATED ALWAYS AS (CASE priority WHEN 'emergency' THEN 0 WHEN 'urgent' THEN 1 WHEN 'high' THEN 2 WHEN 'normal' THEN 3 ELSE 4 END) STORED,
  state text NOT NULL CHECK (state IN ('open', 'acknowledged', 'snoozed', 'resolved', 'dismissed', 'closed')),
  due_at timestamptz NOT NULL, due_on date NOT NULL, overdue_at timestamptz, raised_at timestamptz NOT NULL, escalated_at timestamptz,
  snoozed_until timestamptz, outcome text, reason text, acted_by uuid, acted_at timestamptz, version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (clinic_id, id), UNIQUE (clinic_id, milestone_id),
  FOREIGN KEY (clinic_id, milestone_id, patient_id) REFERENCES milestone (clinic_id, id, patient_id),
  FOREIGN KEY (clinic_id, acted_by) REFERENCES membership (clinic_id, id),
  CONSTRAINT alert_snooze_has_end CHECK ((state = 'snoozed') = (snoozed_until IS NOT NULL)));
COMMENT ON COLUMN alert.state IS 'open, acknowledged, snoozed are active; resolved and dismissed are a person''s; closed is the system''s: the cause is gone or met.';
CREATE INDEX alert_worklist ON alert (clinic_id, owner_role, priority_rank, due_at, id) WHERE state IN ('open', 'acknowledged', 'snoozed');
CREATE INDEX alert_of_patient ON alert (clinic_id, patient_id);
CREATE INDEX alert_to_escalate_anywhere ON alert (overdue_at) WHERE state IN ('open', 'acknowledged', 'snoozed') AND escalated_at IS NULL AND overdue_at IS NOT NULL;
CREATE INDEX alert_to_wake_anywhere ON alert (snoozed_until) WHERE state = 'snoozed';
CREATE INDEX alert_by_time ON alert (clinic_id, raised_at DESC, id DESC);

CREATE TABLE alert_transition (
  clinic_id uuid NOT NULL, id uuid NOT NULL, alert_id uuid NOT NULL, at timestamptz NOT NULL, from_state text, to_state text NOT NULL, action text NOT NULL,
  by_membership_id uuid, outcome text, reason text, snoozed_until timestamptz,
  PRIMARY KEY (clinic_id, id), FOREIGN KEY (clinic_id, alert_id) REFERENCES alert (clinic_id, id),
  FOREIGN KEY (clinic_id, by_membership_id) REFERENCES membership (clinic_id, id));
CREATE INDEX alert_transition_of_alert ON alert_transition (clinic_id, alert_id, at, id);

-- ── Audit, idempotency, imports ────────────────────────────────────────────────────────────────────────────────────────
CREATE TABLE audit_entry (
  clinic_id uuid NOT NULL REFERENCES clinic (id), id uuid NOT NULL, at timestamptz NOT NULL, actor_id uuid, actor_role text, action text NOT NULL,
  subject_type text NOT NULL, subject_id uuid, patient_id uuid, before jsonb, after jsonb, request_id text,
  PRIMARY KEY (clinic_id, id), FOREIGN KEY (clinic_id, actor_id) REFERENCES membership (clinic_id, id));
CREATE INDEX audit_entry_by_time ON audit_entry (clinic_id, at DESC, id DESC);
CREATE INDEX audit_entry_of_patient ON audit_entry (clinic_id, patient_id, at DESC, id DESC) WHERE patient_id IS NOT NULL;
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER audit_entry_is_append_only BEFORE UPDATE OR DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_entry_is_never_truncated BEFORE TRUNCATE ON audit_entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE idempotency_key (
  clinic_id uuid NOT NULL REFERENCES clinic (id), key text NOT NULL, actor_id uuid NOT NULL, request_hash text NOT NULL, response jsonb NOT NULL, created_at timestamptz NOT NULL,
  PRIMARY KEY (clinic_id, actor_id, key), FOREIGN KEY (clinic_id, actor_id) REFERENCES membership (clinic_id, id));

CREATE TABLE import_run (
  clinic_id uuid NOT NULL REFERENCES clinic (id), id uuid NOT NULL, file_name text NOT NULL, content_sha256 text NOT NULL, bundle jsonb NOT NULL,
  state text NOT NULL CHECK (state IN ('previewed', 'queued', 'running', 'done', 'failed')), entries_total integer NOT NULL DEFAULT 0, entries_done integer NOT NULL DEFAULT 0,
  preview jsonb, report jsonb, failure text, created_at timestamptz NOT NULL, created_by uuid, started_at timestamptz, finished_at timestamptz,
  PRIMARY KEY (clinic_id, id), FOREIGN KEY (clinic_id, created_by) REFERENCES membership (clinic_id, id));
CREATE INDEX import_run_by_time ON import_run (clinic_id, created_at DESC, id DESC);

-- Which record of ours a record of theirs became: what makes an import idempotent.
CREATE TABLE external_identity (
  clinic_id uuid NOT NULL REFERENCES clinic (id), system text NOT NULL, resource_type text NOT NULL, value text NOT NULL, record_id uuid NOT NULL, content_sha256 text NOT NULL, created_at timestamptz NOT NULL,
  PRIMARY KEY (clinic_id, system, resource_type, value));
CREATE INDEX external_identity_of_record ON external_identity (clinic_id, record_id);

-- Only read when VASTUS_TEST_CLOCK is on; production refuses to start with it.
CREATE TABLE test_clock (only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row), offset_ms bigint NOT NULL DEFAULT 0);
INSERT INTO test_clock DEFAULT VALUES;

-- ── Walls ──────────────────────────────────────────────────────────────────────────────────────────────────────────────
DO $$ DECLARE t record; BEGIN
  FOR t IN SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'clinic_id'
           WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t.relname);
    EXECUTE format('CREATE POLICY same_clinic ON %I USING (clinic_id = current_clinic()) WITH CHECK (clinic_id = current_clinic())', t.relname);
  END LOOP;
END $$;
ALTER TABLE clinic ENABLE ROW LEVEL SECURITY;
CREATE POLICY same_clinic ON clinic USING (id = current_clinic()) WITH CHECK (id = current_clinic());

-- The few questions that are asked across clinics, each answered with ids only.
CREATE FUNCTION memberships_of_user(wanted_user_id text) RETURNS TABLE (clinic_id uuid, membership_id uuid, role text, clinic_name text, time_zone text, is_demo boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT m.clinic_id, m.id, m.role, c.name, c.time_zone, c.is_demo FROM membership m JOIN clinic c ON c.id = m.clinic_id WHERE m.user_id = wanted_user_id AND m.active ORDER BY c.name, m.clinic_id $$;
CREATE FUNCTION clinics_with_milestones_to_raise(at timestamptz) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT DISTINCT clinic_id FROM milestone WHERE state = 'planned' AND opens_at <= at $$;
CREATE FUNCTION clinics_with_alerts_to_escalate(at timestamptz) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT DISTINCT clinic_id FROM alert WHERE state IN ('open', 'acknowledged', 'snoozed') AND escalated_at IS NULL AND overdue_at <= at
        UNION SELECT DISTINCT clinic_id FROM alert WHERE state = 'snoozed' AND snoozed_until <= at $$;
CREATE FUNCTION clinic_count() RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$ SELECT count(*) FROM clinic $$;

-- LIKE is not leakproof, so under row-level security it could not use the trigram index: this function runs as the owner and
-- filters the clinic itself. Every criterion given must hold, none given finds nobody. Words are folded like search_name; one of
-- fewer than three letters has no trigram inside it and is looked for at the start of a name only.
CREATE FUNCTION search_patients(folded_words text[], record_prefix text, born_on date, page_size integer,
                                after_family_name text DEFAULT NULL, after_given_name text DEFAULT NULL, after_id uuid DEFAULT NULL)
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
  IF clinic IS NULL OR condition = '' THEN RETURN; END IF;
  IF after_id IS NOT NULL THEN
    condition := condition || format(' AND (p.family_name, p.given_name, p.id) > (%L, %L, %L)', after_family_name, after_given_name, after_id);
  END IF;
  -- Literals rather than parameters: the choice of index depends on how rare the words are.
  RETURN QUERY EXECUTE format('SELECT p.id FROM patient p WHERE p.clinic_id = %L', clinic) || condition
    || format(' ORDER BY p.family_name, p.given_name, p.id LIMIT %L::integer', page_size);
END $$;

GRANT USAGE ON SCHEMA public, auth TO vastus_app;
GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO vastus_app;
REVOKE UPDATE ON audit_entry, alert_transition FROM vastus_app;
GRANT DELETE ON idempotency_key TO vastus_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA auth TO vastus_app;
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC;
GRANT EXECUTE ON FUNCTION current_clinic(), memberships_of_user(text), clinics_with_milestones_to_raise(timestamptz),
  clinics_with_alerts_to_escalate(timestamptz), clinic_count(), search_patients(text[], text, date, integer, text, text, uuid) TO vastus_app;
