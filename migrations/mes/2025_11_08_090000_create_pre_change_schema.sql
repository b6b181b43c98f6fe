-- @description The MES schema that the backend debt plan starts from: 13 tables, row security on seven of them only

DO $$
DECLARE
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['mes_app', 'mes_worker'] LOOP
    FOR attempt IN 1..10 LOOP
      BEGIN
        EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
      EXCEPTION
        WHEN duplicate_object OR unique_violation THEN
          NULL; -- roles belong to the whole server: another database of this system made it first
      END;
      BEGIN
        -- From this grant on no other database can drop the role; one that was quicker makes this go round again.
        EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', wanted);
        EXIT;
      EXCEPTION
        WHEN undefined_object THEN
          NULL;
      END;
    END LOOP;
    -- before PostgreSQL 16 every member may SET ROLE; a superuser may always
    IF NOT pg_has_role(current_user, wanted, CASE WHEN current_setting('server_version_num')::integer < 160000 THEN 'MEMBER' ELSE 'SET' END) THEN
      EXECUTE format('GRANT %I TO CURRENT_USER', wanted);
    END IF;
  END LOOP;
END
$$;

CREATE FUNCTION set_updated_at() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  NEW.updated_at := now();
  RETURN NEW;
END
$$;

CREATE TABLE organizations (
  id serial PRIMARY KEY,
  org_code varchar(20) NOT NULL CONSTRAINT uq_organization_code UNIQUE,
  org_name varchar(200) NOT NULL,
  is_active boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz
);

CREATE TABLE plants (
  id serial PRIMARY KEY,
  organization_id integer NOT NULL REFERENCES organizations (id),
  plant_code varchar(20) NOT NULL,
  plant_name varchar(200) NOT NULL,
  timezone text NOT NULL DEFAULT 'UTC',
  is_active boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT uq_plant_code_per_org UNIQUE (organization_id, plant_code)
);

CREATE TABLE users (
  id serial PRIMARY KEY,
  organization_id integer NOT NULL REFERENCES organizations (id),
  home_plant_id integer REFERENCES plants (id),
  email varchar(255) NOT NULL,
  full_name varchar(200) NOT NULL,
  role varchar(50) NOT NULL DEFAULT 'operator',
  is_active boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz,
  CONSTRAINT uq_user_email_per_org UNIQUE (organization_id, email)
);
COMMENT ON COLUMN users.role IS 'Free text as typed by whoever created the user, e.g. "Admin", "plant manager"';

CREATE TABLE customers (
  id serial PRIMARY KEY,
  organization_id integer NOT NULL REFERENCES organizations (id),
  customer_code varchar(30) NOT NULL,
  customer_name varchar(200) NOT NULL,
  country char(2),
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT uq_customer_code_per_org UNIQUE (organization_id, customer_code)
);

CREATE TABLE machines (
  id serial PRIMARY KEY,
  organization_id integer NOT NULL REFERENCES organizations (id),
  plant_id integer NOT NULL REFERENCES plants (id),
  machine_code varchar(30) NOT NULL,
  machine_name varchar(200) NOT NULL,
  ideal_cycle_seconds numeric(8, 2) NOT NULL CHECK (ideal_cycle_seconds > 0),
  status varchar(20) NOT NULL DEFAULT 'available',
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT uq_machine_code_per_org UNIQUE (organization_id, machine_code)
);
COMMENT ON COLUMN machines.ideal_cycle_seconds IS 'Shortest time for one piece, in seconds';

CREATE TABLE materials (
  id serial PRIMARY KEY,
  organization_id integer NOT NULL REFERENCES organizations (id),
  plant_id integer REFERENCES plants (id),
  material_number varchar(50) NOT NULL,
  material_name varchar(200) NOT NULL,
  description text,
  category varchar(50),
  unit_of_measure varchar(10) NOT NULL DEFAULT 'EA',
  unit_cost numeric(12, 4),
  is_active boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz,
  CONSTRAINT uq_material_number_per_org UNIQUE (organization_id, material_number)
);

CREATE TABLE projects (
  id serial PRIMARY KEY,
  organization_id integer NOT NULL REFERENCES organizations (id),
  plant_id integer NOT NULL REFERENCES plants (id),
  customer_id integer REFERENCES customers (id),
  project_code varchar(50) NOT NULL,
  project_name varchar(200) NOT NULL,
  description text,
  status varchar(20) NOT NULL DEFAULT 'planning',
  start_date date,
  due_date date,
  budget numeric(14, 2),
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz,
  CONSTRAINT uq_project_code_per_org UNIQUE (organization_id, project_code)
);

CREATE TABLE work_orders (
  id serial PRIMARY KEY,
  organization_id integer NOT NULL REFERENCES organizations (id),
  plant_id integer NOT NULL REFERENCES plants (id),
  project_id integer REFERENCES projects (id),
  material_id integer NOT NULL REFERENCES materials (id),
  work_order_number varchar(50) NOT NULL,
  description text,
  quantity_ordered numeric(12, 3) NOT NULL CHECK (quantity_ordered > 0),
  quantity_completed numeric(12, 3) NOT NULL DEFAULT 0,
  quantity_scrapped numeric(12, 3) NOT NULL DEFAULT 0,
  status varchar(20) NOT NULL DEFAULT 'planned',
  priority smallint NOT NULL DEFAULT 5,
  due_date date,
  planned_start timestamptz,
  planned_end timestamptz,
  actual_start timestamptz,
  actual_end timestamptz,
  created_by integer REFERENCES users (id),
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz,
  CONSTRAINT uq_work_order_number_per_org UNIQUE (organization_id, work_order_number)
);
CREATE INDEX idx_work_orders_plant ON work_orders (plant_id);

CREATE TABLE work_order_operations (
  id serial PRIMARY KEY,
  organization_id integer NOT NULL REFERENCES organizations (id),
  work_order_id integer NOT NULL REFERENCES work_orders (id) ON DELETE CASCADE,
  machine_id integer REFERENCES machines (id),
  operation_no integer NOT NULL,
  operation_name varchar(200) NOT NULL,
  standard_minutes numeric(8, 2),
  status varchar(20) NOT NULL DEFAULT 'pending',
  CONSTRAINT uq_operation_per_work_order UNIQUE (work_order_id, operation_no)
);

CREATE TABLE production_logs (
  id bigserial PRIMARY KEY,
  organization_id integer NOT NULL REFERENCES organizations (id),
  plant_id integer NOT NULL REFERENCES plants (id),
  work_order_id integer NOT NULL REFERENCES work_orders (id),
  machine_id integer NOT NULL REFERENCES machines (id),
  operator_id integer REFERENCES users (id),
  recorded_at timestamptz NOT NULL DEFAULT now(),
  quantity_produced integer NOT NULL DEFAULT 0,
  quantity_scrapped integer NOT NULL DEFAULT 0,
  quantity_reworked integer NOT NULL DEFAULT 0,
  notes text,
  CONSTRAINT production_quantities_fit CHECK (
    quantity_produced >= 0 AND quantity_scrapped >= 0 AND quantity_reworked >= 0
    AND quantity_scrapped + quantity_reworked <= quantity_produced)
);
COMMENT ON TABLE production_logs IS 'One row per reported batch of pieces';
COMMENT ON COLUMN production_logs.quantity_produced IS 'All pieces of the batch, good or not';
CREATE INDEX idx_production_logs_org_time ON production_logs (organization_id, recorded_at);
CREATE INDEX idx_production_logs_machine ON production_logs (machine_id, recorded_at);

CREATE TABLE machine_status_logs (
  id bigserial PRIMARY KEY,
  organization_id integer NOT NULL REFERENCES organizations (id),
  plant_id integer NOT NULL REFERENCES plants (id),
  machine_id integer NOT NULL REFERENCES machines (id),
  status varchar(20) NOT NULL
    CHECK (status IN ('running', 'idle', 'setup', 'breakdown', 'maintenance')),
  recorded_at timestamptz NOT NULL DEFAULT now(),
  duration_minutes numeric(8, 2) NOT NULL CHECK (duration_minutes >= 0),
  reason text
);
COMMENT ON COLUMN machine_status_logs.duration_minutes IS 'Time spent in the status, in minutes, from recorded_at on';
CREATE INDEX idx_machine_status_logs_org_time ON machine_status_logs (organization_id, recorded_at);

CREATE TABLE ncrs (
  id serial PRIMARY KEY,
  organization_id integer NOT NULL REFERENCES organizations (id),
  plant_id integer NOT NULL REFERENCES plants (id),
  ncr_number varchar(50) NOT NULL,
  title varchar(200) NOT NULL,
  description text,
  work_order_id integer REFERENCES work_orders (id),
  material_id integer REFERENCES materials (id),
  severity varchar(20) NOT NULL DEFAULT 'minor' CHECK (severity IN ('minor', 'major', 'critical')),
  status varchar(30) NOT NULL DEFAULT 'open',
  quantity_affected numeric(12, 3),
  reported_by integer REFERENCES users (id),
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz,
  CONSTRAINT uq_ncr_number_per_org UNIQUE (organization_id, ncr_number)
);

CREATE TABLE inspections (
  id serial PRIMARY KEY,
  organization_id integer NOT NULL REFERENCES organizations (id),
  plant_id integer NOT NULL REFERENCES plants (id),
  work_order_id integer NOT NULL REFERENCES work_orders (id),
  material_id integer REFERENCES materials (id),
  inspector_id integer REFERENCES users (id),
  inspected_at timestamptz NOT NULL DEFAULT now(),
  result varchar(20) NOT NULL CHECK (result IN ('pass', 'fail', 'rework')),
  quantity_inspected integer NOT NULL CHECK (quantity_inspected > 0),
  quantity_rejected integer NOT NULL DEFAULT 0 CHECK (quantity_rejected >= 0),
  notes text
);

CREATE TRIGGER users_set_updated_at BEFORE UPDATE ON users
  FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER materials_set_updated_at BEFORE UPDATE ON materials
  FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER projects_set_updated_at BEFORE UPDATE ON projects
  FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER work_orders_set_updated_at BEFORE UPDATE ON work_orders
  FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER ncrs_set_updated_at BEFORE UPDATE ON ncrs
  FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE VIEW open_work_orders AS
SELECT w.id, w.organization_id, w.plant_id, w.work_order_number, m.material_number,
       w.quantity_ordered - w.quantity_completed AS quantity_open, w.status, w.priority, w.due_date
FROM work_orders w
JOIN materials m ON m.id = w.material_id
WHERE w.status IN ('planned', 'released', 'in_progress');

ALTER TABLE users ENABLE ROW LEVEL SECURITY;
ALTER TABLE materials ENABLE ROW LEVEL SECURITY;
ALTER TABLE projects ENABLE ROW LEVEL SECURITY;
ALTER TABLE work_orders ENABLE ROW LEVEL SECURITY;
ALTER TABLE ncrs ENABLE ROW LEVEL SECURITY;
ALTER TABLE production_logs ENABLE ROW LEVEL SECURITY;
ALTER TABLE machine_status_logs ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON users TO mes_app
  USING (organization_id = current_setting('app.organization_id', true)::integer);
CREATE POLICY tenant_isolation ON materials TO mes_app
  USING (organization_id = current_setting('app.organization_id', true)::integer);
CREATE POLICY tenant_isolation ON projects TO mes_app
  USING (organization_id = current_setting('app.organization_id', true)::integer);
CREATE POLICY tenant_isolation ON work_orders TO mes_app
  USING (organization_id = current_setting('app.organization_id', true)::integer);
CREATE POLICY tenant_isolation ON ncrs TO mes_app
  USING (organization_id = current_setting('app.organization_id', true)::integer);
CREATE POLICY tenant_isolation ON production_logs TO mes_app
  USING (organization_id = current_setting('app.organization_id', true)::integer);
CREATE POLICY tenant_isolation ON machine_status_logs TO mes_app
  USING (organization_id = current_setting('app.organization_id', true)::integer);

GRANT USAGE ON SCHEMA public TO mes_app, mes_worker;
GRANT SELECT, INSERT, UPDATE, DELETE ON
  organizations, plants, users, customers, machines, materials, projects, work_orders,
  work_order_operations, production_logs, machine_status_logs, ncrs, inspections TO mes_app;
GRANT SELECT ON
  organizations, plants, users, customers, machines, materials, projects, work_orders,
  work_order_operations, production_logs, machine_status_logs, ncrs, inspections TO mes_worker;
GRANT SELECT ON open_work_orders TO mes_app;
GRANT USAGE ON
  organizations_id_seq, plants_id_seq, users_id_seq, customers_id_seq, machines_id_seq, materials_id_seq,
  projects_id_seq, work_orders_id_seq, work_order_operations_id_seq, production_logs_id_seq,
  machine_status_logs_id_seq, ncrs_id_seq, inspections_id_seq TO mes_app;
