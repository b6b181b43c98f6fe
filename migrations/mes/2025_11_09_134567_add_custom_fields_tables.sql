-- @description Phase 2: custom fields, their values and configurable type lists; every value is checked against its definition

INSERT INTO feature_flags (flag_key, description)
VALUES ('custom_fields', 'Phase 2: fields and type lists that an organisation defines by itself');

CREATE FUNCTION entity_table(entity_type text) RETURNS regclass
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN CASE entity_type
    WHEN 'material' THEN 'materials' WHEN 'work_order' THEN 'work_orders'
    WHEN 'project' THEN 'projects' WHEN 'ncr' THEN 'ncrs' END::regclass;
END
$$;
COMMENT ON FUNCTION entity_table(text) IS 'Table of a kind of record that custom fields and workflows work on, null for an unknown kind';

CREATE FUNCTION entity_row(kind text, entity integer, organization integer) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  answer jsonb;
BEGIN
  IF entity_table(kind) IS NULL THEN
    RAISE EXCEPTION 'unknown kind of record: %', kind USING ERRCODE = 'invalid_parameter_value';
  END IF;
  EXECUTE format('SELECT to_jsonb(t) FROM %s t WHERE t.organization_id = $1 AND t.id = $2', entity_table(kind))
    INTO answer USING organization, entity;
  RETURN answer;
END
$$;

CREATE TABLE type_lists (
  id serial PRIMARY KEY,
  organization_id integer NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  list_code varchar(50) NOT NULL CHECK (list_code ~ '^[a-z][a-z0-9_]*$'),
  list_name varchar(200) NOT NULL,
  description text,
  is_active boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz,
  CONSTRAINT uq_type_list_code_per_org UNIQUE (organization_id, list_code),
  CONSTRAINT uq_type_lists_org_id UNIQUE (organization_id, id)
);

CREATE TABLE type_list_values (
  id serial PRIMARY KEY,
  organization_id integer NOT NULL,
  type_list_id integer NOT NULL,
  value_code varchar(50) NOT NULL,
  value_label varchar(200) NOT NULL,
  parent_value_id integer,
  display_order integer NOT NULL DEFAULT 0,
  is_active boolean NOT NULL DEFAULT true,
  CONSTRAINT uq_type_list_value_code UNIQUE (type_list_id, value_code),
  CONSTRAINT uq_type_list_values_list_id UNIQUE (organization_id, type_list_id, id),
  FOREIGN KEY (organization_id, type_list_id) REFERENCES type_lists (organization_id, id) ON DELETE CASCADE,
  FOREIGN KEY (organization_id, type_list_id, parent_value_id)
    REFERENCES type_list_values (organization_id, type_list_id, id),
  CONSTRAINT type_list_value_is_not_its_parent CHECK (parent_value_id <> id)
);
COMMENT ON COLUMN type_list_values.parent_value_id IS 'The broader value of the same list: lists may be taxonomies';

CREATE TABLE custom_fields (
  id serial PRIMARY KEY,
  organization_id integer NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  entity_type varchar(30) NOT NULL,
  field_code varchar(50) NOT NULL CHECK (field_code ~ '^[a-z][a-z0-9_]*$'),
  field_label varchar(200) NOT NULL,
  field_type varchar(20) NOT NULL
    CHECK (field_type IN ('text', 'number', 'integer', 'boolean', 'date', 'select', 'multiselect')),
  type_list_id integer,
  is_required boolean NOT NULL DEFAULT false,
  default_value jsonb,
  validation_rules jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(validation_rules) = 'object'),
  display_order integer NOT NULL DEFAULT 0,
  is_active boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz,
  CONSTRAINT uq_custom_field_code UNIQUE (organization_id, entity_type, field_code),
  CONSTRAINT uq_custom_fields_org_id UNIQUE (organization_id, entity_type, id),
  CONSTRAINT custom_field_has_list CHECK ((field_type IN ('select', 'multiselect')) = (type_list_id IS NOT NULL)),
  FOREIGN KEY (organization_id, type_list_id) REFERENCES type_lists (organization_id, id)
);
COMMENT ON COLUMN custom_fields.validation_rules IS
  'Any of min, max (numbers, dates), min_length, max_length, pattern (text), max_items (multiselect)';

CREATE TABLE field_values (
  id bigserial PRIMARY KEY,
  organization_id integer NOT NULL,
  custom_field_id integer NOT NULL,
  entity_type varchar(30) NOT NULL,
  entity_id integer NOT NULL,
  value jsonb NOT NULL,
  updated_by integer,
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT uq_field_value UNIQUE (organization_id, custom_field_id, entity_id),
  FOREIGN KEY (organization_id, entity_type, custom_field_id)
    REFERENCES custom_fields (organization_id, entity_type, id) ON DELETE CASCADE,
  FOREIGN KEY (organization_id, updated_by) REFERENCES users (organization_id, id) ON DELETE SET NULL (updated_by)
);
CREATE INDEX idx_field_values_entity ON field_values (organization_id, entity_type, entity_id);
CREATE INDEX idx_field_values_value ON field_values (organization_id, custom_field_id, (value #>> '{}'));

SELECT secure_tenant_table(t::regclass) FROM unnest(ARRAY['type_lists', 'type_list_values', 'custom_fields', 'field_values']) t;

CREATE FUNCTION check_field_value(definition custom_fields, candidate jsonb) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  rules jsonb := definition.validation_rules;
  wanted_type text := CASE definition.field_type WHEN 'integer' THEN 'number' WHEN 'boolean' THEN 'boolean'
    WHEN 'number' THEN 'number' WHEN 'multiselect' THEN 'array' ELSE 'string' END;
  plain text := candidate #>> '{}';
  unknown text;
  problem text;
BEGIN
  IF jsonb_typeof(candidate) <> wanted_type THEN
    problem := format('a %s is wanted, not a %s', wanted_type, jsonb_typeof(candidate));
  ELSIF definition.field_type = 'integer' AND plain::numeric <> trunc(plain::numeric) THEN
    problem := 'a whole number is wanted';
  ELSIF definition.field_type = 'date' AND plain !~ '^\d{4}-\d\d-\d\d$' THEN
    problem := 'a date is written YYYY-MM-DD';
  ELSIF definition.field_type IN ('number', 'integer') AND plain::numeric < (rules ->> 'min')::numeric THEN
    problem := format('at least %s', rules ->> 'min');
  ELSIF definition.field_type IN ('number', 'integer') AND plain::numeric > (rules ->> 'max')::numeric THEN
    problem := format('at most %s', rules ->> 'max');
  ELSIF definition.field_type = 'text' AND length(plain) < (rules ->> 'min_length')::integer THEN
    problem := format('at least %s characters', rules ->> 'min_length');
  ELSIF definition.field_type = 'text' AND length(plain) > (rules ->> 'max_length')::integer THEN
    problem := format('at most %s characters', rules ->> 'max_length');
  ELSIF definition.field_type = 'text' AND plain !~ (rules ->> 'pattern') THEN
    problem := format('it does not match %s', rules ->> 'pattern');
  ELSIF definition.field_type = 'multiselect' AND jsonb_array_length(candidate) > (rules ->> 'max_items')::integer THEN
    problem := format('at most %s values', rules ->> 'max_items');
  ELSIF definition.field_type = 'date' THEN
    BEGIN
      IF plain::date < (rules ->> 'min')::date THEN
        problem := format('not before %s', rules ->> 'min');
      ELSIF plain::date > (rules ->> 'max')::date THEN
        problem := format('not after %s', rules ->> 'max');
      END IF;
    EXCEPTION WHEN datetime_field_overflow OR invalid_datetime_format THEN
      problem := 'there is no such day';
    END;
  ELSIF definition.field_type IN ('select', 'multiselect') THEN
    SELECT w INTO unknown
    FROM jsonb_array_elements_text(CASE jsonb_typeof(candidate) WHEN 'array' THEN candidate ELSE jsonb_build_array(candidate) END) w
    WHERE NOT EXISTS (
      SELECT FROM type_list_values v
      WHERE v.organization_id = definition.organization_id AND v.type_list_id = definition.type_list_id
        AND v.value_code = w AND v.is_active)
    LIMIT 1;
    IF FOUND THEN
      problem := format('the list has no active value %s', unknown);
    END IF;
  END IF;
  IF problem IS NOT NULL THEN
    RAISE EXCEPTION 'the value % does not fit the field %: %', candidate, definition.field_code, problem
      USING ERRCODE = 'check_violation';
  END IF;
END
$$;

CREATE FUNCTION validate_field_value() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  definition custom_fields;
BEGIN
  -- the lock keeps the definition as it is until this value is in
  SELECT * INTO definition FROM custom_fields
  WHERE organization_id = NEW.organization_id AND id = NEW.custom_field_id FOR SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'there is no field % in organisation %', NEW.custom_field_id, NEW.organization_id
      USING ERRCODE = 'foreign_key_violation';
  END IF;
  IF NOT definition.is_active THEN
    RAISE EXCEPTION 'the field % is not in use any more', definition.field_code
      USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  IF NEW.entity_type <> definition.entity_type OR entity_row(NEW.entity_type, NEW.entity_id, NEW.organization_id) IS NULL THEN
    RAISE EXCEPTION 'there is no % % in organisation %', NEW.entity_type, NEW.entity_id, NEW.organization_id
      USING ERRCODE = 'foreign_key_violation';
  END IF;
  PERFORM check_field_value(definition, NEW.value);
  NEW.updated_at := now();
  NEW.updated_by := coalesce(current_user_id(), NEW.updated_by);
  RETURN NEW;
END
$$;
CREATE TRIGGER field_values_validate BEFORE INSERT OR UPDATE ON field_values
  FOR EACH ROW EXECUTE FUNCTION validate_field_value();

CREATE FUNCTION validate_custom_field() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  stored jsonb;
  rule text;
BEGIN
  IF entity_table(NEW.entity_type) IS NULL THEN
    RAISE EXCEPTION 'custom fields do not work on %', NEW.entity_type USING ERRCODE = 'check_violation';
  END IF;
  SELECT k INTO rule FROM jsonb_object_keys(NEW.validation_rules) k
  WHERE k NOT IN ('min', 'max', 'min_length', 'max_length', 'pattern', 'max_items') LIMIT 1;
  IF rule IS NOT NULL THEN
    RAISE EXCEPTION 'unknown validation rule %', rule USING ERRCODE = 'check_violation';
  END IF;
  PERFORM '' ~ coalesce(NEW.validation_rules ->> 'pattern', ''); -- raises on a broken pattern
  IF NEW.default_value IS NOT NULL THEN
    PERFORM check_field_value(NEW, NEW.default_value);
  END IF;
  IF TG_OP = 'UPDATE' THEN
    NEW.updated_at := now();
    IF (NEW.field_type, NEW.type_list_id, NEW.validation_rules) IS DISTINCT FROM (OLD.field_type, OLD.type_list_id, OLD.validation_rules) THEN
      FOR stored IN SELECT v.value FROM field_values v
        WHERE v.organization_id = NEW.organization_id AND v.custom_field_id = NEW.id LOOP
        PERFORM check_field_value(NEW, stored);
      END LOOP;
    END IF;
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER custom_fields_validate BEFORE INSERT OR UPDATE ON custom_fields
  FOR EACH ROW EXECUTE FUNCTION validate_custom_field();

CREATE FUNCTION guard_type_list_value() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.parent_value_id IS DISTINCT FROM OLD.parent_value_id AND NEW.id IN (
    WITH RECURSIVE broader (id) AS (
      SELECT NEW.parent_value_id
      UNION
      SELECT v.parent_value_id FROM broader b JOIN type_list_values v ON v.id = b.id
    )
    SELECT id FROM broader WHERE id IS NOT NULL) THEN
    RAISE EXCEPTION 'the value % would be broader than itself', OLD.value_code USING ERRCODE = 'check_violation';
  END IF;
  IF TG_OP = 'UPDATE' AND NEW.is_active AND NEW.value_code = OLD.value_code THEN
    RETURN NEW;
  END IF;
  IF EXISTS (
    SELECT FROM custom_fields f
    JOIN field_values v ON v.organization_id = f.organization_id AND v.custom_field_id = f.id
    WHERE f.organization_id = OLD.organization_id AND f.type_list_id = OLD.type_list_id
      AND v.value @> to_jsonb(OLD.value_code::text)) THEN
    RAISE EXCEPTION 'the value % is in use', OLD.value_code USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END
$$;
CREATE TRIGGER type_list_values_guard BEFORE UPDATE OR DELETE ON type_list_values
  FOR EACH ROW EXECUTE FUNCTION guard_type_list_value();

CREATE FUNCTION delete_field_values() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM field_values
  WHERE organization_id = OLD.organization_id AND entity_type = TG_ARGV[0] AND entity_id = OLD.id;
  RETURN NULL;
END
$$;
CREATE TRIGGER materials_delete_field_values AFTER DELETE ON materials
  FOR EACH ROW EXECUTE FUNCTION delete_field_values('material');
CREATE TRIGGER work_orders_delete_field_values AFTER DELETE ON work_orders
  FOR EACH ROW EXECUTE FUNCTION delete_field_values('work_order');
CREATE TRIGGER projects_delete_field_values AFTER DELETE ON projects
  FOR EACH ROW EXECUTE FUNCTION delete_field_values('project');
CREATE TRIGGER ncrs_delete_field_values AFTER DELETE ON ncrs
  FOR EACH ROW EXECUTE FUNCTION delete_field_values('ncr');

CREATE FUNCTION define_custom_field(kind text, code text, label text, type text, list_code text DEFAULT NULL,
  rules jsonb DEFAULT '{}', required boolean DEFAULT false, default_value jsonb DEFAULT NULL) RETURNS integer
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  organization integer := require_organization();
  list integer;
  defined integer;
BEGIN
  PERFORM require_feature('custom_fields');
  PERFORM require_permission('custom_fields', 'write');
  IF list_code IS NOT NULL THEN
    SELECT l.id INTO list FROM type_lists l WHERE l.organization_id = organization AND l.list_code = $5 AND l.is_active;
    IF list IS NULL THEN
      RAISE EXCEPTION 'there is no active type list %', list_code USING ERRCODE = 'no_data_found';
    END IF;
  END IF;
  INSERT INTO custom_fields (organization_id, entity_type, field_code, field_label, field_type, type_list_id,
    validation_rules, is_required, default_value)
  VALUES (organization, kind, code, label, type, list, rules, required, define_custom_field.default_value)
  RETURNING id INTO defined;
  RETURN defined;
END
$$;

CREATE FUNCTION set_custom_field(kind text, entity integer, code text, new_value jsonb) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  organization integer := require_organization();
  field integer;
  stored bigint;
BEGIN
  PERFORM require_feature('custom_fields');
  SELECT id INTO field FROM custom_fields
  WHERE organization_id = organization AND entity_type = kind AND field_code = code;
  IF field IS NULL THEN
    RAISE EXCEPTION 'there is no field % for %', code, kind USING ERRCODE = 'no_data_found';
  END IF;
  INSERT INTO field_values AS v (organization_id, custom_field_id, entity_type, entity_id, value)
  VALUES (organization, field, kind, entity, new_value)
  ON CONFLICT ON CONSTRAINT uq_field_value DO UPDATE SET value = excluded.value
  RETURNING v.id INTO stored;
  RETURN stored;
END
$$;

CREATE FUNCTION custom_fields_of(kind text, entity integer) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(jsonb_object_agg(f.field_code, coalesce(v.value, f.default_value) ORDER BY f.display_order, f.field_code)
                    FILTER (WHERE coalesce(v.value, f.default_value) IS NOT NULL), '{}')
  FROM custom_fields f
  LEFT JOIN field_values v ON v.organization_id = f.organization_id AND v.custom_field_id = f.id AND v.entity_id = entity
  WHERE f.organization_id = current_organization_id() AND f.entity_type = kind AND f.is_active
$$;
COMMENT ON FUNCTION custom_fields_of(text, integer) IS 'Field code -> value of one record, defaults filled in';

CREATE FUNCTION missing_custom_fields(kind text, entity integer) RETURNS SETOF text
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT f.field_code FROM custom_fields f
  WHERE f.organization_id = current_organization_id() AND f.entity_type = kind AND f.is_active AND f.is_required
    AND f.default_value IS NULL
    AND NOT EXISTS (SELECT FROM field_values v WHERE v.organization_id = f.organization_id
                    AND v.custom_field_id = f.id AND v.entity_id = entity)
  ORDER BY f.display_order, f.field_code
$$;

CREATE FUNCTION find_by_custom_field(kind text, code text, comparison text, wanted jsonb) RETURNS SETOF integer
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  organization integer := require_organization();
  field custom_fields;
BEGIN
  SELECT * INTO field FROM custom_fields WHERE organization_id = organization AND entity_type = kind AND field_code = code;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'there is no field % for %', code, kind USING ERRCODE = 'no_data_found';
  END IF;
  IF comparison = '=' THEN
    -- the text form comes first: it is what the index holds
    RETURN QUERY SELECT v.entity_id FROM field_values v WHERE v.organization_id = organization AND v.custom_field_id = field.id
      AND v.value #>> '{}' = wanted #>> '{}' AND v.value = wanted ORDER BY 1;
  ELSIF comparison = 'contains' THEN
    RETURN QUERY SELECT v.entity_id FROM field_values v WHERE v.organization_id = organization AND v.custom_field_id = field.id
      AND CASE jsonb_typeof(v.value) WHEN 'string' THEN strpos(lower(v.value #>> '{}'), lower(wanted #>> '{}')) > 0
               ELSE v.value @> wanted END ORDER BY 1;
  ELSIF comparison IN ('<', '<=', '>', '>=')
    AND (jsonb_typeof(wanted), field.field_type) IN (('number', 'number'), ('number', 'integer'), ('string', 'date')) THEN
    RETURN QUERY SELECT v.entity_id FROM field_values v WHERE v.organization_id = organization AND v.custom_field_id = field.id
      AND CASE comparison WHEN '<' THEN v.value < wanted WHEN '<=' THEN v.value <= wanted
                          WHEN '>' THEN v.value > wanted ELSE v.value >= wanted END ORDER BY 1;
  ELSE
    RAISE EXCEPTION 'the comparison % does not work on the field % (%)', comparison, code, field.field_type
      USING ERRCODE = 'invalid_parameter_value';
  END IF;
END
$$;

CREATE FUNCTION type_list_tree(code text) RETURNS TABLE (value_code text, value_label text, depth integer, path text)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  WITH RECURSIVE tree AS (
    SELECT v.id, v.type_list_id, v.value_code::text, v.value_label::text, 1 AS depth, v.value_code::text AS path,
           ARRAY[v.display_order, v.id] AS place
    FROM type_list_values v JOIN type_lists l ON l.organization_id = v.organization_id AND l.id = v.type_list_id
    WHERE l.organization_id = current_organization_id() AND l.list_code = code AND v.is_active AND v.parent_value_id IS NULL
    UNION ALL
    SELECT v.id, v.type_list_id, v.value_code, v.value_label, t.depth + 1, t.path || '/' || v.value_code,
           t.place || ARRAY[v.display_order, v.id]
    FROM tree t JOIN type_list_values v ON v.type_list_id = t.type_list_id AND v.parent_value_id = t.id AND v.is_active
  )
  SELECT value_code, value_label, depth, path FROM tree ORDER BY place
$$;

CREATE VIEW materials_with_custom_fields WITH (security_invoker = true) AS
  SELECT e.*, custom_fields_of('material', e.id) AS custom_fields FROM materials e;
CREATE VIEW work_orders_with_custom_fields WITH (security_invoker = true) AS
  SELECT e.*, custom_fields_of('work_order', e.id) AS custom_fields FROM work_orders e;
CREATE VIEW projects_with_custom_fields WITH (security_invoker = true) AS
  SELECT e.*, custom_fields_of('project', e.id) AS custom_fields FROM projects e;
CREATE VIEW ncrs_with_custom_fields WITH (security_invoker = true) AS
  SELECT e.*, custom_fields_of('ncr', e.id) AS custom_fields FROM ncrs e;
GRANT SELECT ON materials_with_custom_fields, work_orders_with_custom_fields, projects_with_custom_fields,
  ncrs_with_custom_fields TO mes_app, mes_worker;
