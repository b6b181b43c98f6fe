-- @description Phase 1.2: a place that records, for each wanted extension, whether the server has it or a native equivalent serves

CREATE TABLE extension_choices (
  extension text PRIMARY KEY,
  way text NOT NULL CHECK (way IN ('extension', 'native')),
  offered_version text,
  created_extension boolean NOT NULL DEFAULT false,
  created_schema text,
  reason text NOT NULL,
  chosen_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT native_creates_nothing CHECK (way = 'extension' OR NOT created_extension)
);
COMMENT ON TABLE extension_choices IS 'Which way each wanted extension is served here: by itself, or by a native equivalent with the same function names';
COMMENT ON COLUMN extension_choices.offered_version IS 'Version in pg_available_extensions, null when the server does not offer it';
COMMENT ON COLUMN extension_choices.created_extension IS 'True when the migration created the extension, so that its rollback drops it';
COMMENT ON COLUMN extension_choices.created_schema IS 'Schema that came with the extension without belonging to it: DROP EXTENSION leaves it behind';
GRANT SELECT ON extension_choices TO mes_app, mes_worker;

CREATE FUNCTION choose_extension(wanted text, trial text) RETURNS extension_choices
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  offered text;
  present boolean := EXISTS (SELECT FROM pg_extension WHERE extname = wanted);
  schemas oid[] := ARRAY(SELECT oid FROM pg_namespace);
  choice extension_choices;
BEGIN
  SELECT default_version INTO offered FROM pg_available_extensions WHERE name = wanted;
  IF NOT present AND offered IS NULL THEN
    INSERT INTO extension_choices (extension, way, reason)
    VALUES (wanted, 'native', 'the server does not offer it')
    RETURNING * INTO choice;
    RETURN choice;
  END IF;
  BEGIN
    IF NOT present THEN
      EXECUTE format('CREATE EXTENSION %I CASCADE', wanted);
    END IF;
    -- being on offer is not enough: some need a library loaded at server start, so use it once
    EXECUTE trial;
    INSERT INTO extension_choices (extension, way, offered_version, created_extension, created_schema, reason)
    VALUES (wanted, 'extension', offered, NOT present,
            (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
             WHERE e.extname = wanted AND n.oid <> ALL (schemas)),
            CASE WHEN present THEN 'was installed already' ELSE 'the server offers it and it works' END)
    RETURNING * INTO choice;
  EXCEPTION WHEN OTHERS THEN
    INSERT INTO extension_choices (extension, way, offered_version, reason)
    VALUES (wanted, 'native', offered, format('the server offers it, but: %s (%s)', SQLERRM, SQLSTATE))
    RETURNING * INTO choice;
  END;
  RETURN choice;
END
$$;
COMMENT ON FUNCTION choose_extension(text, text) IS
  'Creates the extension when the server has it and the trial statements work with it, and records the way taken; leaves nothing of it otherwise';
REVOKE EXECUTE ON FUNCTION choose_extension(text, text) FROM PUBLIC;

CREATE FUNCTION extension_way(wanted text) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  taken text;
BEGIN
  SELECT way INTO taken FROM extension_choices WHERE extension = wanted;
  IF taken IS NULL THEN
    RAISE EXCEPTION 'no way was chosen for the extension %', wanted USING ERRCODE = 'no_data_found';
  END IF;
  RETURN taken;
END
$$;

CREATE FUNCTION forget_extension(wanted text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  gone extension_choices;
BEGIN
  DELETE FROM extension_choices WHERE extension = wanted RETURNING * INTO gone;
  IF gone.created_extension THEN
    EXECUTE format('DROP EXTENSION %I CASCADE', wanted);
  END IF;
  IF gone.created_schema IS NOT NULL THEN
    EXECUTE format('DROP SCHEMA %I', gone.created_schema);
  END IF;
END
$$;
COMMENT ON FUNCTION forget_extension(text) IS 'Undoes choose_extension: drops the extension only when it was created by it';
REVOKE EXECUTE ON FUNCTION forget_extension(text) FROM PUBLIC;
