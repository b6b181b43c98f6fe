-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check a session is opened for an active user
-- @expect value = true
-- @as clierp_app
-- @set app.organization_id = 990000001
SELECT open_cli_session(990000001, '192.0.2.7', 'clierp/1.0') IS NOT NULL;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
SELECT set_config('app.organization_id', '990000001', true);
SELECT open_cli_session(990000001);
-- @check opening a session dates the last login
-- @expect value = true
SELECT last_login IS NOT NULL FROM users WHERE id = 990000001;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check an inactive user opens no session
-- @expect error 42501
-- @as clierp_app
-- @set app.organization_id = 990000001
SELECT open_cli_session(990000003);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check another organization's user opens no session
-- @expect error 42501
-- @as clierp_app
-- @set app.organization_id = 990000001
SELECT open_cli_session(990000004);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO cli_sessions (id, organization_id, user_id, ip_address, user_agent) VALUES
  ('00000000-0000-4000-8000-000000000001', 990000001, 990000001, '192.0.2.7', 'clierp/1.0');
SELECT set_config('app.organization_id', '990000001', true);
SELECT resume_cli_session('00000000-0000-4000-8000-000000000001');
INSERT INTO categories (id, name) VALUES (990000001, 'check');
-- @check a resumed session sets the context of the audit log
-- @expect result = [{"user_id": 990000001, "session_id": "00000000-0000-4000-8000-000000000001", "ip": "192.0.2.7", "user_agent": "clierp/1.0"}]
SELECT user_id, session_id::text, host(ip_address) AS ip, user_agent FROM enhanced_audit_logs
WHERE table_name = 'categories' AND record_id = 990000001;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check a session that does not exist is refused
-- @expect error P0002
-- @as clierp_app
-- @set app.organization_id = 990000001
SELECT resume_cli_session('00000000-0000-4000-8000-00000000dead');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO cli_sessions (id, organization_id, user_id, ip_address, user_agent) VALUES
  ('00000000-0000-4000-8000-000000000001', 990000001, 990000001, '192.0.2.7', 'clierp/1.0');
-- @check another organization's session is refused
-- @expect error P0002
-- @as clierp_app
-- @set app.organization_id = 990000002
SELECT resume_cli_session('00000000-0000-4000-8000-000000000001');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO cli_sessions (id, organization_id, user_id) VALUES
  ('00000000-0000-4000-8000-000000000001', 990000001, 990000001), ('00000000-0000-4000-8000-000000000002', 990000001, 990000002);
SELECT set_config('app.organization_id', '990000001', true);
SELECT resume_cli_session('00000000-0000-4000-8000-000000000002');
-- @check the session that is named is resumed, and no other
-- @expect value = 990000002
SELECT current_user_id();

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO cli_sessions (id, organization_id, user_id) VALUES
  ('00000000-0000-4000-8000-000000000001', 990000001, 990000001), ('00000000-0000-4000-8000-000000000002', 990000001, 990000002);
SELECT set_config('app.organization_id', '990000001', true);
SELECT close_cli_session('00000000-0000-4000-8000-000000000002');
-- @check the session that is named is closed, and no other
-- @expect result = [{"user_id": 990000002}]
SELECT user_id FROM cli_sessions WHERE organization_id = 990000001 AND ended_at IS NOT NULL;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
SELECT set_config('app.organization_id', '990000001', true);
SELECT open_cli_session(990000002);
-- @check who opens a session works in it at once
-- @expect value = 990000002
SELECT current_user_id();

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO cli_sessions (id, organization_id, user_id, ip_address, user_agent) VALUES
  ('00000000-0000-4000-8000-000000000001', 990000001, 990000001, '192.0.2.7', 'clierp/1.0');
SELECT set_config('app.organization_id', '990000001', true);
SELECT close_cli_session('00000000-0000-4000-8000-000000000001');
-- @check a closed session is refused
-- @expect error 55000
-- @as clierp_app
-- @set app.organization_id = 990000001
SELECT resume_cli_session('00000000-0000-4000-8000-000000000001');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO cli_sessions (id, organization_id, user_id, ip_address, user_agent) VALUES
  ('00000000-0000-4000-8000-000000000001', 990000001, 990000001, '192.0.2.7', 'clierp/1.0');
SELECT set_config('app.organization_id', '990000001', true);
SELECT close_cli_session('00000000-0000-4000-8000-000000000001');
-- @check a session can't be closed twice
-- @expect error P0002
-- @as clierp_app
-- @set app.organization_id = 990000001
SELECT close_cli_session('00000000-0000-4000-8000-000000000001');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO cli_sessions (id, organization_id, user_id, ip_address, user_agent) VALUES
  ('00000000-0000-4000-8000-000000000001', 990000001, 990000001, '192.0.2.7', 'clierp/1.0');
SELECT set_config('app.organization_id', '990000001', true);
SELECT close_cli_session('00000000-0000-4000-8000-000000000001');
-- @check a plain UPDATE opens no closed session
-- @expect error 55000
-- @as clierp_app
-- @set app.organization_id = 990000001
UPDATE cli_sessions SET ended_at = NULL;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO cli_sessions (id, organization_id, user_id, ip_address, user_agent) VALUES
  ('00000000-0000-4000-8000-000000000001', 990000001, 990000001, '192.0.2.7', 'clierp/1.0');
-- @check a session keeps its user
-- @expect error 42501
-- @as clierp_app
-- @set app.organization_id = 990000001
UPDATE cli_sessions SET user_id = 990000002;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO cli_sessions (id, organization_id, user_id, ip_address, user_agent) VALUES
  ('00000000-0000-4000-8000-000000000001', 990000001, 990000001, '192.0.2.7', 'clierp/1.0');
-- @check a session keeps its start
-- @expect error 42501
-- @as clierp_app
-- @set app.organization_id = 990000001
UPDATE cli_sessions SET started_at = started_at - interval '1 day';

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO cli_sessions (id, organization_id, user_id, ip_address, user_agent) VALUES
  ('00000000-0000-4000-8000-000000000001', 990000001, 990000001, '192.0.2.7', 'clierp/1.0');
UPDATE cli_sessions SET last_seen_at = clock_timestamp() - interval '481 minutes';
-- @check an idle session is refused
-- @expect error 55000
-- @as clierp_app
-- @set app.organization_id = 990000001
SELECT resume_cli_session('00000000-0000-4000-8000-000000000001');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO cli_sessions (id, organization_id, user_id, ip_address, user_agent) VALUES
  ('00000000-0000-4000-8000-000000000001', 990000001, 990000001, '192.0.2.7', 'clierp/1.0');
UPDATE cli_sessions SET last_seen_at = clock_timestamp() - interval '481 minutes';
INSERT INTO system_configurations (organization_id, config_key, config_value) VALUES (990000001, 'cli.session_idle_minutes', '500');
-- @check an organization may allow longer idle sessions
-- @expect rows = 1
-- @as clierp_app
-- @set app.organization_id = 990000001
SELECT resume_cli_session('00000000-0000-4000-8000-000000000001');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO cli_sessions (id, organization_id, user_id, ip_address, user_agent) VALUES
  ('00000000-0000-4000-8000-000000000001', 990000001, 990000001, '192.0.2.7', 'clierp/1.0');
INSERT INTO system_configurations (organization_id, config_key, config_value) VALUES (990000001, 'cli.session_idle_minutes', 'null');
UPDATE cli_sessions SET last_seen_at = clock_timestamp() - interval '481 minutes';
-- @check a setting of null leaves the usual time to idle sessions
-- @expect error 55000
-- @as clierp_app
-- @set app.organization_id = 990000001
SELECT resume_cli_session('00000000-0000-4000-8000-000000000001');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO cli_sessions (id, organization_id, user_id, ip_address, user_agent) VALUES
  ('00000000-0000-4000-8000-000000000001', 990000001, 990000002, '192.0.2.7', 'clierp/1.0');
UPDATE users SET is_active = false WHERE id = 990000002;
-- @check the session of a user who was switched off is refused
-- @expect error 42501
-- @as clierp_app
-- @set app.organization_id = 990000001
SELECT resume_cli_session('00000000-0000-4000-8000-000000000001');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
-- @check the wizard creates a pending order with its total
-- @expect result = [{"status": "pending", "total_amount": 44, "created_by": 990000001, "organization_id": 990000001, "numbered": true}]
-- @as clierp_app
-- @set app.organization_id = 990000001
SELECT status, total_amount, created_by, organization_id, po_number ~ '^PO-[0-9]{8}-[0-9]{8,}$' AS numbered
FROM create_purchase_order(990000001, '[{"product_id": 990000001, "quantity": 3}, {"product_id": 990000002, "quantity": 2, "unit_cost": 7}]', 990000001, CURRENT_DATE + 7, 'check');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
SELECT set_config('app.organization_id', '990000001', true);
SELECT create_purchase_order(990000001, '[{"product_id": 990000001, "quantity": 3}, {"product_id": 990000002, "quantity": 2, "unit_cost": 7}]', 990000001, NULL, 'check of the wizard');
-- @check the wizard's items follow their order and cost
-- @expect result = [{"product_id": 990000001, "quantity": 3, "unit_cost": 10, "total_cost": 30}, {"product_id": 990000002, "quantity": 2, "unit_cost": 7, "total_cost": 14}]
SELECT i.product_id, i.quantity, i.unit_cost, i.total_cost FROM purchase_order_items AS i
JOIN purchase_orders AS o ON o.id = i.po_id WHERE o.notes = 'check of the wizard' ORDER BY i.id;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
-- @check the wizard refuses a supplier that does not exist
-- @expect error P0002
-- @as clierp_app
-- @set app.organization_id = 990000001
SELECT create_purchase_order(2147483647, '[{"product_id": 990000001, "quantity": 3}, {"product_id": 990000002, "quantity": 2, "unit_cost": 7}]', 990000001);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
-- @check the wizard refuses a product that does not exist
-- @expect error P0002
-- @as clierp_app
-- @set app.organization_id = 990000001
SELECT create_purchase_order(990000001, '[{"product_id": 999999999, "quantity": 1}]', 990000001);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
-- @check the wizard refuses items that are left out
-- @expect error 22023
-- @as clierp_app
-- @set app.organization_id = 990000001
SELECT create_purchase_order(990000001, NULL, 990000001);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
-- @check the wizard refuses a line without a product
-- @expect error 22023
-- @as clierp_app
-- @set app.organization_id = 990000001
SELECT create_purchase_order(990000001, '[{"quantity": 1}]', 990000001);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
-- @check the wizard takes an expected date of today
-- @expect value = true
-- @as clierp_app
-- @set app.organization_id = 990000001
SELECT expected_date = CURRENT_DATE FROM create_purchase_order(990000001, '[{"product_id": 990000001, "quantity": 1}]', 990000001, CURRENT_DATE);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
SELECT set_config('app.organization_id', '990000001', true), set_config('app.user_id', '990000002', true);
SELECT create_purchase_order(990000001, '[{"product_id": 990000001, "quantity": 1}]', 990000001);
-- @check the wizard gives the session's user back
-- @expect value = 990000002
SELECT current_user_id();

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
SELECT set_config('app.organization_id', '990000001', true), set_config('app.user_id', '990000002', true);
SELECT create_purchase_order(990000001, '[{"product_id": 990000001, "quantity": 1}]', 990000001);
-- @check the wizard's order is made in the name of the user who is given
-- @expect result = [{"user_id": 990000001, "created_by": 990000001}]
SELECT e.user_id, o.created_by FROM enhanced_audit_logs AS e JOIN purchase_orders AS o ON o.id = e.record_id
WHERE e.table_name = 'purchase_orders' AND e.action = 'INSERT' AND o.organization_id = 990000001 AND o.po_number LIKE 'PO-%';

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
-- @check the wizard refuses no items
-- @expect error 22023
-- @as clierp_app
-- @set app.organization_id = 990000001
SELECT create_purchase_order(990000001, '[]', 990000001);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
-- @check the wizard refuses a quantity of zero
-- @expect error 22023
-- @as clierp_app
-- @set app.organization_id = 990000001
SELECT create_purchase_order(990000001, '[{"product_id": 990000001, "quantity": 0}]', 990000001);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
-- @check the wizard refuses a negative cost
-- @expect error 22023
-- @as clierp_app
-- @set app.organization_id = 990000001
SELECT create_purchase_order(990000001, '[{"product_id": 990000001, "quantity": 1, "unit_cost": -1}]', 990000001);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
-- @check the wizard refuses an expected date in the past
-- @expect error 22023
-- @as clierp_app
-- @set app.organization_id = 990000001
SELECT create_purchase_order(990000001, '[{"product_id": 990000001, "quantity": 3}, {"product_id": 990000002, "quantity": 2, "unit_cost": 7}]', 990000001, CURRENT_DATE - 1);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
-- @check the wizard refuses a user without the permission
-- @expect error 42501
-- @as clierp_app
-- @set app.organization_id = 990000001
SELECT create_purchase_order(990000001, '[{"product_id": 990000001, "quantity": 3}, {"product_id": 990000002, "quantity": 2, "unit_cost": 7}]', 990000002);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
-- @check the wizard refuses an inactive user
-- @expect error 42501
-- @as clierp_app
-- @set app.organization_id = 990000001
SELECT create_purchase_order(990000001, '[{"product_id": 990000001, "quantity": 3}, {"product_id": 990000002, "quantity": 2, "unit_cost": 7}]', 990000003);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
-- @check the wizard refuses a total that is too large
-- @expect error 22003
-- @as clierp_app
-- @set app.organization_id = 990000001
SELECT create_purchase_order(990000001, '[{"product_id": 990000001, "quantity": 999999999, "unit_cost": 999999999}]', 990000001);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
UPDATE suppliers SET status = 'blacklisted' WHERE id = 990000001;
-- @check the wizard refuses an inactive supplier
-- @expect error 55000
-- @as clierp_app
-- @set app.organization_id = 990000001
SELECT create_purchase_order(990000001, '[{"product_id": 990000001, "quantity": 3}, {"product_id": 990000002, "quantity": 2, "unit_cost": 7}]', 990000001);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
UPDATE products SET is_active = false WHERE id = 990000002;
-- @check the wizard refuses an inactive product
-- @expect error P0002
-- @as clierp_app
-- @set app.organization_id = 990000001
SELECT create_purchase_order(990000001, '[{"product_id": 990000001, "quantity": 3}, {"product_id": 990000002, "quantity": 2, "unit_cost": 7}]', 990000001);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
-- @check the wizard refuses another organization's supplier
-- @expect error P0002
-- @as clierp_app
-- @set app.organization_id = 990000002
SELECT create_purchase_order(990000001, '[{"product_id": 990000001, "quantity": 3}, {"product_id": 990000002, "quantity": 2, "unit_cost": 7}]', 990000004);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
SELECT set_config('app.organization_id', '990000001', true);
SELECT begin_product_import('check.csv', 990000001);
INSERT INTO product_import_rows (sku, name, description, category, barcode, unit, unit_price, cost_price, min_stock_level, max_stock_level) VALUES
  ('NEW-1', 'Größe "L", O''Neil', 'with, comma', 'check', '4711', 'KG', '100', '60', '5', '50'),
  ('NEW-2', 'Two', NULL, 'check', NULL, NULL, '0', NULL, NULL, NULL),
  ('', '', '', '', '', '', '', '', '', ''),
  ('NEW 4', 'Four', '', 'nowhere', '', '', '12,50', '-1', '9', '3'),
  ('NEW-1', 'again', '', 'check', '4711', '', '1', '1', '', ''),
  ('CHECK-1', 'taken', '', 'check', '', '', '1', '1', 'x', '1000000000');
-- @check rows of a file are numbered from line 2 on
-- @expect result = [{"lines": [2, 3, 4, 5, 6, 7]}]
SELECT jsonb_agg(line_number ORDER BY line_number) AS lines FROM product_import_staging WHERE import_id = (SELECT max(id) FROM product_imports WHERE organization_id = 990000001);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
SELECT set_config('app.organization_id', '990000001', true);
SELECT begin_product_import('check.csv', 990000001);
INSERT INTO product_import_rows (sku, name, description, category, barcode, unit, unit_price, cost_price, min_stock_level, max_stock_level) VALUES
  ('NEW-1', 'Größe "L", O''Neil', 'with, comma', 'check', '4711', 'KG', '100', '60', '5', '50'),
  ('NEW-2', 'Two', NULL, 'check', NULL, NULL, '0', NULL, NULL, NULL),
  ('', '', '', '', '', '', '', '', '', ''),
  ('NEW 4', 'Four', '', 'nowhere', '', '', '12,50', '-1', '9', '3'),
  ('NEW-1', 'again', '', 'check', '4711', '', '1', '1', '', ''),
  ('CHECK-1', 'taken', '', 'check', '', '', '1', '1', 'x', '1000000000');
SELECT set_config('app.import_line', '', true);
INSERT INTO product_import_rows (sku, name, description, category, barcode, unit, unit_price, cost_price, min_stock_level, max_stock_level) VALUES
  ('NEW-1', 'Größe "L", O''Neil', 'with, comma', 'check', '4711', 'KG', '100', '60', '5', '50'),
  ('NEW-2', 'Two', NULL, 'check', NULL, NULL, '0', NULL, NULL, NULL),
  ('', '', '', '', '', '', '', '', '', ''),
  ('NEW 4', 'Four', '', 'nowhere', '', '', '12,50', '-1', '9', '3'),
  ('NEW-1', 'again', '', 'check', '4711', '', '1', '1', '', ''),
  ('CHECK-1', 'taken', '', 'check', '', '', '1', '1', 'x', '1000000000');
-- @check a second part of a file goes on with the next line
-- @expect result = [{"first": 2, "last": 13, "count": 12}]
SELECT min(line_number) AS first, max(line_number) AS last, count(*) AS count FROM product_import_staging WHERE import_id = (SELECT max(id) FROM product_imports WHERE organization_id = 990000001);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
SELECT set_config('app.organization_id', '990000001', true);
SELECT begin_product_import('check.csv', 990000001);
INSERT INTO product_import_rows (sku, name, description, category, barcode, unit, unit_price, cost_price, min_stock_level, max_stock_level) VALUES
  ('NEW-1', 'Größe "L", O''Neil', 'with, comma', 'check', '4711', 'KG', '100', '60', '5', '50'),
  ('NEW-2', 'Two', NULL, 'check', NULL, NULL, '0', NULL, NULL, NULL),
  ('', '', '', '', '', '', '', '', '', ''),
  ('NEW 4', 'Four', '', 'nowhere', '', '', '12,50', '-1', '9', '3'),
  ('NEW-1', 'again', '', 'check', '4711', '', '1', '1', '', ''),
  ('CHECK-1', 'taken', '', 'check', '', '', '1', '1', 'x', '1000000000');
-- @check problems can be listed before the import
-- @expect result = [{"line_number": 4}, {"line_number": 5}, {"line_number": 7}]
SELECT DISTINCT line_number FROM product_import_problems WHERE import_id = (SELECT max(id) FROM product_imports WHERE organization_id = 990000001) ORDER BY line_number;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
SELECT set_config('app.organization_id', '990000001', true);
SELECT begin_product_import('check.csv', 990000001);
INSERT INTO product_import_rows (sku, name, description, category, barcode, unit, unit_price, cost_price, min_stock_level, max_stock_level) VALUES
  ('NEW-1', 'Größe "L", O''Neil', 'with, comma', 'check', '4711', 'KG', '100', '60', '5', '50'),
  ('NEW-2', 'Two', NULL, 'check', NULL, NULL, '0', NULL, NULL, NULL),
  ('', '', '', '', '', '', '', '', '', ''),
  ('NEW 4', 'Four', '', 'nowhere', '', '', '12,50', '-1', '9', '3'),
  ('NEW-1', 'again', '', 'check', '4711', '', '1', '1', '', ''),
  ('CHECK-1', 'taken', '', 'check', '', '', '1', '1', 'x', '1000000000');
SELECT import_products((SELECT max(id) FROM product_imports WHERE organization_id = 990000001));
-- @check an import counts its rows
-- @expect result = [{"status": "finished", "total_rows": 6, "imported_rows": 2, "rejected_rows": 4}]
SELECT status, total_rows, imported_rows, rejected_rows FROM product_imports WHERE organization_id = 990000001;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
SELECT set_config('app.organization_id', '990000001', true);
SELECT begin_product_import('check.csv', 990000001);
INSERT INTO product_import_rows (sku, name, description, category, barcode, unit, unit_price, cost_price, min_stock_level, max_stock_level) VALUES
  ('NEW-1', 'Größe "L", O''Neil', 'with, comma', 'check', '4711', 'KG', '100', '60', '5', '50'),
  ('NEW-2', 'Two', NULL, 'check', NULL, NULL, '0', NULL, NULL, NULL),
  ('', '', '', '', '', '', '', '', '', ''),
  ('NEW 4', 'Four', '', 'nowhere', '', '', '12,50', '-1', '9', '3'),
  ('NEW-1', 'again', '', 'check', '4711', '', '1', '1', '', ''),
  ('CHECK-1', 'taken', '', 'check', '', '', '1', '1', 'x', '1000000000');
SELECT import_products((SELECT max(id) FROM product_imports WHERE organization_id = 990000001));
-- @check good rows become products, trimmed and with defaults
-- @expect result = [{"sku": "NEW-1", "name": "Größe \"L\", O'Neil", "description": "with, comma", "barcode": "4711", "unit": "KG", "unit_price": 100, "cost_price": 60}, {"sku": "NEW-2", "name": "Two", "description": null, "barcode": null, "unit": "EA", "unit_price": 0, "cost_price": 0}]
SELECT sku, name, description, barcode, unit, unit_price, cost_price FROM products
WHERE organization_id = 990000001 AND sku LIKE 'NEW%' ORDER BY sku;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
SELECT set_config('app.organization_id', '990000001', true);
SELECT begin_product_import('check.csv', 990000001);
INSERT INTO product_import_rows (sku, name, description, category, barcode, unit, unit_price, cost_price, min_stock_level, max_stock_level) VALUES
  ('NEW-1', 'Größe "L", O''Neil', 'with, comma', 'check', '4711', 'KG', '100', '60', '5', '50'),
  ('NEW-2', 'Two', NULL, 'check', NULL, NULL, '0', NULL, NULL, NULL),
  ('', '', '', '', '', '', '', '', '', ''),
  ('NEW 4', 'Four', '', 'nowhere', '', '', '12,50', '-1', '9', '3'),
  ('NEW-1', 'again', '', 'check', '4711', '', '1', '1', '', ''),
  ('CHECK-1', 'taken', '', 'check', '', '', '1', '1', 'x', '1000000000');
SELECT import_products((SELECT max(id) FROM product_imports WHERE organization_id = 990000001));
-- @check imported products have a stock record
-- @expect result = [{"sku": "NEW-1", "quantity": 0, "min_stock_level": 5, "max_stock_level": 50}, {"sku": "NEW-2", "quantity": 0, "min_stock_level": 0, "max_stock_level": 1000}]
SELECT p.sku, i.quantity, i.min_stock_level, i.max_stock_level FROM products AS p JOIN inventory AS i ON i.product_id = p.id
WHERE p.organization_id = 990000001 AND p.sku LIKE 'NEW%' ORDER BY p.sku;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
SELECT set_config('app.organization_id', '990000001', true);
SELECT begin_product_import('check.csv', 990000001);
INSERT INTO product_import_rows (sku, name, description, category, barcode, unit, unit_price, cost_price, min_stock_level, max_stock_level) VALUES
  ('NEW-1', 'Größe "L", O''Neil', 'with, comma', 'check', '4711', 'KG', '100', '60', '5', '50'),
  ('NEW-2', 'Two', NULL, 'check', NULL, NULL, '0', NULL, NULL, NULL),
  ('', '', '', '', '', '', '', '', '', ''),
  ('NEW 4', 'Four', '', 'nowhere', '', '', '12,50', '-1', '9', '3'),
  ('NEW-1', 'again', '', 'check', '4711', '', '1', '1', '', ''),
  ('CHECK-1', 'taken', '', 'check', '', '', '1', '1', 'x', '1000000000');
SELECT import_products((SELECT max(id) FROM product_imports WHERE organization_id = 990000001));
-- @check bad rows are listed with line and reason
-- @expect result = [{"line_number": 4, "column_name": "category", "reason": "is empty"}, {"line_number": 4, "column_name": "name", "reason": "is empty"}, {"line_number": 4, "column_name": "sku", "reason": "is empty"}, {"line_number": 4, "column_name": "unit_price", "reason": "\"\" is not a whole number from 0 to 999999999"}, {"line_number": 5, "column_name": "category", "reason": "\"nowhere\" is not an active category"}, {"line_number": 5, "column_name": "cost_price", "reason": "\"-1\" is not a whole number from 0 to 999999999"}, {"line_number": 5, "column_name": "min_stock_level", "reason": "is above the maximum"}, {"line_number": 5, "column_name": "sku", "reason": "has characters other than letters, digits and . _ / -"}, {"line_number": 5, "column_name": "unit_price", "reason": "\"12,50\" is not a whole number from 0 to 999999999"}, {"line_number": 6, "column_name": "barcode", "reason": "is the same as on line 2"}, {"line_number": 6, "column_name": "sku", "reason": "is the same as on line 2"}, {"line_number": 7, "column_name": "max_stock_level", "reason": "\"1000000000\" is not a whole number from 0 to 999999999"}, {"line_number": 7, "column_name": "min_stock_level", "reason": "\"x\" is not a whole number from 0 to 999999999"}, {"line_number": 7, "column_name": "sku", "reason": "belongs to an existing product"}]
SELECT line_number, column_name, reason FROM product_import_errors WHERE import_id = (SELECT max(id) FROM product_imports WHERE organization_id = 990000001) ORDER BY line_number, column_name COLLATE "C";

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
SELECT set_config('app.organization_id', '990000001', true);
SELECT begin_product_import('check.csv', 990000001);
INSERT INTO product_import_rows (sku, name, description, category, barcode, unit, unit_price, cost_price, min_stock_level, max_stock_level) VALUES
  ('NEW-1', 'Größe "L", O''Neil', 'with, comma', 'check', '4711', 'KG', '100', '60', '5', '50'),
  ('NEW-2', 'Two', NULL, 'check', NULL, NULL, '0', NULL, NULL, NULL),
  ('', '', '', '', '', '', '', '', '', ''),
  ('NEW 4', 'Four', '', 'nowhere', '', '', '12,50', '-1', '9', '3'),
  ('NEW-1', 'again', '', 'check', '4711', '', '1', '1', '', ''),
  ('CHECK-1', 'taken', '', 'check', '', '', '1', '1', 'x', '1000000000');
SELECT import_products((SELECT max(id) FROM product_imports WHERE organization_id = 990000001));
-- @check a bad row is kept as it came
-- @expect value = 12,50
SELECT row_values ->> 'unit_price' FROM product_import_errors WHERE import_id = (SELECT max(id) FROM product_imports WHERE organization_id = 990000001) AND line_number = 5 AND column_name = 'sku';

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
SELECT set_config('app.organization_id', '990000001', true);
SELECT begin_product_import('check.csv', 990000001);
INSERT INTO product_import_rows (sku, name, description, category, barcode, unit, unit_price, cost_price, min_stock_level, max_stock_level) VALUES
  ('NEW-1', 'Größe "L", O''Neil', 'with, comma', 'check', '4711', 'KG', '100', '60', '5', '50'),
  ('NEW-2', 'Two', NULL, 'check', NULL, NULL, '0', NULL, NULL, NULL),
  ('', '', '', '', '', '', '', '', '', ''),
  ('NEW 4', 'Four', '', 'nowhere', '', '', '12,50', '-1', '9', '3'),
  ('NEW-1', 'again', '', 'check', '4711', '', '1', '1', '', ''),
  ('CHECK-1', 'taken', '', 'check', '', '', '1', '1', 'x', '1000000000');
SELECT import_products((SELECT max(id) FROM product_imports WHERE organization_id = 990000001));
-- @check nothing of a finished import stays in the staging table
-- @expect rows = 0
SELECT line_number FROM product_import_staging WHERE import_id = (SELECT max(id) FROM product_imports WHERE organization_id = 990000001);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
SELECT set_config('app.organization_id', '990000001', true);
SELECT begin_product_import('check.csv', 990000001);
INSERT INTO product_import_rows (sku, name, description, category, barcode, unit, unit_price, cost_price, min_stock_level, max_stock_level) VALUES
  ('NEW-1', 'Größe "L", O''Neil', 'with, comma', 'check', '4711', 'KG', '100', '60', '5', '50'),
  ('NEW-2', 'Two', NULL, 'check', NULL, NULL, '0', NULL, NULL, NULL),
  ('', '', '', '', '', '', '', '', '', ''),
  ('NEW 4', 'Four', '', 'nowhere', '', '', '12,50', '-1', '9', '3'),
  ('NEW-1', 'again', '', 'check', '4711', '', '1', '1', '', ''),
  ('CHECK-1', 'taken', '', 'check', '', '', '1', '1', 'x', '1000000000');
SELECT import_products((SELECT max(id) FROM product_imports WHERE organization_id = 990000001), 1);
-- @check the size of the batches does not change the result
-- @expect result = [{"status": "finished", "imported_rows": 2, "rejected_rows": 4, "errors": 14}]
SELECT status, imported_rows, rejected_rows, (SELECT count(*) FROM product_import_errors WHERE import_id = p.id) AS errors
FROM product_imports AS p WHERE organization_id = 990000001;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
SELECT set_config('app.organization_id', '990000001', true);
SELECT begin_product_import('check.csv', 990000001);
INSERT INTO product_import_rows (sku, name, description, category, barcode, unit, unit_price, cost_price, min_stock_level, max_stock_level) VALUES
  ('NEW-1', 'Größe "L", O''Neil', 'with, comma', 'check', '4711', 'KG', '100', '60', '5', '50'),
  ('NEW-2', 'Two', NULL, 'check', NULL, NULL, '0', NULL, NULL, NULL),
  ('', '', '', '', '', '', '', '', '', ''),
  ('NEW 4', 'Four', '', 'nowhere', '', '', '12,50', '-1', '9', '3'),
  ('NEW-1', 'again', '', 'check', '4711', '', '1', '1', '', ''),
  ('CHECK-1', 'taken', '', 'check', '', '', '1', '1', 'x', '1000000000');
-- @check a batch says what it did and what remains
-- @expect result = [{"imported": 2, "rejected": 1, "remaining": 3}]
-- @as clierp_app
-- @set app.organization_id = 990000001
SELECT * FROM import_product_batch((SELECT max(id) FROM product_imports WHERE organization_id = 990000001), 3);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
SELECT set_config('app.organization_id', '990000001', true);
SELECT begin_product_import('check.csv', 990000001);
INSERT INTO product_import_rows (sku, name, description, category, barcode, unit, unit_price, cost_price, min_stock_level, max_stock_level) VALUES
  ('NEW-1', 'Größe "L", O''Neil', 'with, comma', 'check', '4711', 'KG', '100', '60', '5', '50'),
  ('NEW-2', 'Two', NULL, 'check', NULL, NULL, '0', NULL, NULL, NULL),
  ('', '', '', '', '', '', '', '', '', ''),
  ('NEW 4', 'Four', '', 'nowhere', '', '', '12,50', '-1', '9', '3'),
  ('NEW-1', 'again', '', 'check', '4711', '', '1', '1', '', ''),
  ('CHECK-1', 'taken', '', 'check', '', '', '1', '1', 'x', '1000000000');
INSERT INTO system_configurations (organization_id, config_key, config_value) VALUES (990000001, 'import.batch_size', '2');
-- @check the size of a batch comes from the configuration
-- @expect value = 4
-- @as clierp_app
-- @set app.organization_id = 990000001
SELECT remaining FROM import_product_batch((SELECT max(id) FROM product_imports WHERE organization_id = 990000001));

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
SELECT set_config('app.organization_id', '990000001', true);
SELECT begin_product_import('check.csv', 990000001);
INSERT INTO product_import_rows (sku, name, description, category, barcode, unit, unit_price, cost_price, min_stock_level, max_stock_level) VALUES
  ('NEW-1', 'Größe "L", O''Neil', 'with, comma', 'check', '4711', 'KG', '100', '60', '5', '50'),
  ('NEW-2', 'Two', NULL, 'check', NULL, NULL, '0', NULL, NULL, NULL),
  ('', '', '', '', '', '', '', '', '', ''),
  ('NEW 4', 'Four', '', 'nowhere', '', '', '12,50', '-1', '9', '3'),
  ('NEW-1', 'again', '', 'check', '4711', '', '1', '1', '', ''),
  ('CHECK-1', 'taken', '', 'check', '', '', '1', '1', 'x', '1000000000');
SELECT import_products((SELECT max(id) FROM product_imports WHERE organization_id = 990000001));
-- @check imported products carry the importing user in the audit log
-- @expect value = 990000001
SELECT user_id FROM enhanced_audit_logs AS e JOIN products AS p ON p.id = e.record_id
WHERE e.table_name = 'products' AND p.organization_id = 990000001 AND p.sku = 'NEW-1';

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
SELECT set_config('app.organization_id', '990000001', true);
SELECT begin_product_import('check.csv', 990000001);
SELECT import_products((SELECT max(id) FROM product_imports WHERE organization_id = 990000001));
-- @check an empty file is a finished import
-- @expect result = [{"status": "finished", "total_rows": 0}]
SELECT status, total_rows FROM product_imports WHERE organization_id = 990000001;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
SELECT set_config('app.organization_id', '990000001', true);
SELECT begin_product_import('check.csv', 990000001);
INSERT INTO product_import_rows (sku, name, description, category, barcode, unit, unit_price, cost_price, min_stock_level, max_stock_level) VALUES
  ('NEW-1', 'Größe "L", O''Neil', 'with, comma', 'check', '4711', 'KG', '100', '60', '5', '50'),
  ('NEW-2', 'Two', NULL, 'check', NULL, NULL, '0', NULL, NULL, NULL),
  ('', '', '', '', '', '', '', '', '', ''),
  ('NEW 4', 'Four', '', 'nowhere', '', '', '12,50', '-1', '9', '3'),
  ('NEW-1', 'again', '', 'check', '4711', '', '1', '1', '', ''),
  ('CHECK-1', 'taken', '', 'check', '', '', '1', '1', 'x', '1000000000');
SELECT import_product_batch((SELECT max(id) FROM product_imports WHERE organization_id = 990000001), 1);
INSERT INTO products (organization_id, sku, name, category_id) VALUES (990000001, 'NEW-2', 'faster', 990000001);
SELECT import_products((SELECT max(id) FROM product_imports WHERE organization_id = 990000001));
-- @check a row that was taken meanwhile is listed, not lost
-- @expect result = [{"imported_rows": 1, "rejected_rows": 5, "reason": "belongs to an existing product"}]
SELECT p.imported_rows, p.rejected_rows, e.reason FROM product_imports AS p
JOIN product_import_errors AS e ON e.import_id = p.id AND e.line_number = 3 WHERE p.organization_id = 990000001;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check a plain INSERT begins no import in the name of a user without the permission
-- @expect error 42501
-- @as clierp_app
-- @set app.organization_id = 990000001
INSERT INTO product_imports (organization_id, file_name, started_by) VALUES (990000001, 'check.csv', 990000002);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check a plain INSERT begins no import in the name of an inactive user
-- @expect error 42501
-- @as clierp_app
-- @set app.organization_id = 990000001
INSERT INTO product_imports (organization_id, file_name, started_by) VALUES (990000001, 'check.csv', 990000003);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check a plain INSERT begins an import for who may
-- @expect rows = 1
-- @as clierp_app
-- @set app.organization_id = 990000001
INSERT INTO product_imports (organization_id, file_name, started_by) VALUES (990000001, 'check.csv', 990000001) RETURNING id;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check an import begins at its beginning
-- @expect error 42501
-- @as clierp_app
-- @set app.organization_id = 990000001
INSERT INTO product_imports (organization_id, file_name, started_by, status) VALUES (990000001, 'check.csv', 990000001, 'finished');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO product_imports (organization_id, file_name, started_by) VALUES (990000001, 'check.csv', 990000001);
-- @check an import keeps the user who began it
-- @expect error 42501
-- @as clierp_app
-- @set app.organization_id = 990000001
UPDATE product_imports SET started_by = 990000002;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check beginning an import needs the permission
-- @expect error 42501
-- @as clierp_app
-- @set app.organization_id = 990000001
SELECT begin_product_import('check.csv', 990000002);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check an import has a file name
-- @expect error 23514
-- @as clierp_app
-- @set app.organization_id = 990000001
SELECT begin_product_import(' ', 990000001);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO feature_flags (organization_id, flag, is_enabled) VALUES (990000001, 'bulk_import', false);
-- @check imports can be switched off
-- @expect error 55000
-- @as clierp_app
-- @set app.organization_id = 990000001
SELECT begin_product_import('check.csv', 990000001);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check rows without an import are refused
-- @expect error 55000
-- @as clierp_app
-- @set app.organization_id = 990000001
INSERT INTO product_import_rows (sku) VALUES ('NEW-1');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
SELECT set_config('app.organization_id', '990000001', true);
SELECT begin_product_import('check.csv', 990000001);
INSERT INTO product_import_rows (sku, name, description, category, barcode, unit, unit_price, cost_price, min_stock_level, max_stock_level) VALUES
  ('NEW-1', 'Größe "L", O''Neil', 'with, comma', 'check', '4711', 'KG', '100', '60', '5', '50'),
  ('NEW-2', 'Two', NULL, 'check', NULL, NULL, '0', NULL, NULL, NULL),
  ('', '', '', '', '', '', '', '', '', ''),
  ('NEW 4', 'Four', '', 'nowhere', '', '', '12,50', '-1', '9', '3'),
  ('NEW-1', 'again', '', 'check', '4711', '', '1', '1', '', ''),
  ('CHECK-1', 'taken', '', 'check', '', '', '1', '1', 'x', '1000000000');
SELECT set_config('app.organization_id', '990000002', true);
-- @check rows for another organization's import are refused
-- @expect error P0002
-- @as clierp_app
-- @set app.organization_id = 990000002
INSERT INTO product_import_rows (sku) VALUES ('NEW-1');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
SELECT set_config('app.organization_id', '990000001', true);
SELECT begin_product_import('check.csv', 990000001);
INSERT INTO product_import_rows (sku, name, description, category, barcode, unit, unit_price, cost_price, min_stock_level, max_stock_level) VALUES
  ('NEW-1', 'Größe "L", O''Neil', 'with, comma', 'check', '4711', 'KG', '100', '60', '5', '50'),
  ('NEW-2', 'Two', NULL, 'check', NULL, NULL, '0', NULL, NULL, NULL),
  ('', '', '', '', '', '', '', '', '', ''),
  ('NEW 4', 'Four', '', 'nowhere', '', '', '12,50', '-1', '9', '3'),
  ('NEW-1', 'again', '', 'check', '4711', '', '1', '1', '', ''),
  ('CHECK-1', 'taken', '', 'check', '', '', '1', '1', 'x', '1000000000');
SELECT import_product_batch((SELECT max(id) FROM product_imports WHERE organization_id = 990000001), 1);
-- @check rows for a running import are refused
-- @expect error 55000
-- @as clierp_app
-- @set app.organization_id = 990000001
INSERT INTO product_import_rows (sku) VALUES ('NEW-9');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check a batch of an import that does not exist is refused
-- @expect error P0002
-- @as clierp_app
-- @set app.organization_id = 990000001
SELECT import_product_batch(9223372036854775807);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
INSERT INTO product_imports (id, organization_id, file_name, started_by) VALUES (990000001, 990000001, 'check.csv', 990000001);
-- @check a batch of another organization's import is refused
-- @expect error P0002
-- @as clierp_app
-- @set app.organization_id = 990000002
SELECT import_product_batch(990000001);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
SELECT set_config('app.organization_id', '990000001', true);
SELECT begin_product_import('check.csv', 990000001);
INSERT INTO product_import_rows (sku, name, description, category, barcode, unit, unit_price, cost_price, min_stock_level, max_stock_level) VALUES
  ('NEW-1', 'Größe "L", O''Neil', 'with, comma', 'check', '4711', 'KG', '100', '60', '5', '50'),
  ('NEW-2', 'Two', NULL, 'check', NULL, NULL, '0', NULL, NULL, NULL),
  ('', '', '', '', '', '', '', '', '', ''),
  ('NEW 4', 'Four', '', 'nowhere', '', '', '12,50', '-1', '9', '3'),
  ('NEW-1', 'again', '', 'check', '4711', '', '1', '1', '', ''),
  ('CHECK-1', 'taken', '', 'check', '', '', '1', '1', 'x', '1000000000');
-- @check a batch of no rows is refused
-- @expect error 22023
-- @as clierp_app
-- @set app.organization_id = 990000001
SELECT import_product_batch((SELECT max(id) FROM product_imports WHERE organization_id = 990000001), 0);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
SELECT set_config('app.organization_id', '990000001', true);
SELECT begin_product_import('check.csv', 990000001);
INSERT INTO product_import_rows (sku, name, description, category, barcode, unit, unit_price, cost_price, min_stock_level, max_stock_level) VALUES
  ('NEW-1', 'Größe "L", O''Neil', 'with, comma', 'check', '4711', 'KG', '100', '60', '5', '50'),
  ('NEW-2', 'Two', NULL, 'check', NULL, NULL, '0', NULL, NULL, NULL),
  ('', '', '', '', '', '', '', '', '', ''),
  ('NEW 4', 'Four', '', 'nowhere', '', '', '12,50', '-1', '9', '3'),
  ('NEW-1', 'again', '', 'check', '4711', '', '1', '1', '', ''),
  ('CHECK-1', 'taken', '', 'check', '', '', '1', '1', 'x', '1000000000');
SELECT import_products((SELECT max(id) FROM product_imports WHERE organization_id = 990000001));
-- @check a finished import stays finished
-- @expect error 55000
-- @as clierp_app
-- @set app.organization_id = 990000001
SELECT import_product_batch((SELECT max(id) FROM product_imports WHERE organization_id = 990000001));

-- The rows that a sequence left behind would meet; setval would outlast the check.
-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin');
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check'), (990000002, 990000002, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id)
SELECT last_value + n, 990000002, 'AHEAD-' || n, 'check', 990000002
FROM products_id_seq, generate_series(0, 10) AS n
ON CONFLICT (id) DO NOTHING;
SELECT set_config('app.organization_id', '990000001', true);
SELECT begin_product_import('check.csv', 990000001);
INSERT INTO product_import_rows (sku, name, category, unit_price) VALUES ('NEW-1', 'One', 'check', '1');
-- @check an import refuses an id that is taken, rather than lose the row
-- @expect error 23505
-- @as clierp_app
-- @set app.organization_id = 990000001
SELECT import_products((SELECT max(id) FROM product_imports WHERE organization_id = 990000001));

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
SELECT set_config('app.organization_id', '990000001', true);
SELECT begin_product_import('check.csv', 990000001);
SET LOCAL ROLE clierp_app;
INSERT INTO product_import_rows (sku, name, description, category, barcode, unit, unit_price, cost_price, min_stock_level, max_stock_level) VALUES
  ('NEW-1', 'Größe "L", O''Neil', 'with, comma', 'check', '4711', 'KG', '100', '60', '5', '50'),
  ('NEW-2', 'Two', NULL, 'check', NULL, NULL, '0', NULL, NULL, NULL),
  ('', '', '', '', '', '', '', '', '', ''),
  ('NEW 4', 'Four', '', 'nowhere', '', '', '12,50', '-1', '9', '3'),
  ('NEW-1', 'again', '', 'check', '4711', '', '1', '1', '', ''),
  ('CHECK-1', 'taken', '', 'check', '', '', '1', '1', 'x', '1000000000');
RESET ROLE;
-- @check the whole import works for the application
-- @expect result = [{"imported_rows": 2, "rejected_rows": 4}]
-- @as clierp_app
-- @set app.organization_id = 990000001
SELECT imported_rows, rejected_rows FROM import_products((SELECT max(id) FROM product_imports WHERE organization_id = 990000001), 2);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
CREATE TEMPORARY TABLE check_orgs AS
SELECT * FROM (VALUES (990000001, 990000001), (990000002, 990000002), (990000003, 1)) AS v (id, organization_id);
INSERT INTO users (id, organization_id, username, email, password_hash, role)
SELECT id, organization_id, 'check ' || id, 'check' || id || '@example.org', 'x', 'admin' FROM check_orgs;
INSERT INTO cli_sessions (organization_id, user_id) SELECT organization_id, id FROM check_orgs;
INSERT INTO product_imports (id, organization_id, file_name, started_by) SELECT id, organization_id, 'check.csv', id FROM check_orgs;
INSERT INTO product_import_staging (import_id, line_number, organization_id) SELECT id, 2, organization_id FROM check_orgs;
INSERT INTO product_import_errors (organization_id, import_id, line_number, column_name, reason, row_values)
SELECT organization_id, id, 3, 'sku', 'check', '{}' FROM check_orgs;
CREATE TEMPORARY TABLE check_found (relation text, verb text, outcome text);
DO $probe$
DECLARE
  v_me text := current_user;
  v_found jsonb := '[]';
  v_table text;
  v_statement text[];
  v_count bigint;
  v_outcome text;
BEGIN
  PERFORM set_config('app.organization_id', '990000001', true), set_config('app.user_id', '990000001', true);
  SET LOCAL ROLE clierp_app;
  FOREACH v_table IN ARRAY ARRAY[
    'cli_sessions', 'product_imports', 'product_import_staging', 'product_import_errors'
  ] LOOP
    FOREACH v_statement SLICE 1 IN ARRAY ARRAY[
      ARRAY['sees own', 'SELECT FROM %I WHERE organization_id = 990000001'],
      ARRAY['sees others', 'SELECT FROM %I WHERE organization_id <> 990000001'],
      ARRAY['changes others', 'UPDATE %I SET organization_id = organization_id WHERE organization_id <> 990000001'],
      ARRAY['gives away', 'UPDATE %I SET organization_id = 990000002 WHERE organization_id = 990000001'],
      ARRAY['deletes others', 'DELETE FROM %I WHERE organization_id <> 990000001'],
      ARRAY['adds to others', 'INSERT INTO %I (organization_id) VALUES (990000002)']
    ] LOOP
      BEGIN
        EXECUTE format(v_statement[2], v_table);
        GET DIAGNOSTICS v_count = ROW_COUNT;
        v_outcome := CASE WHEN v_count = 0 THEN 'nothing' ELSE 'rows' END;
      EXCEPTION
        WHEN insufficient_privilege THEN v_outcome := 'refused';
        WHEN OTHERS THEN v_outcome := SQLSTATE;
      END;
      v_found := v_found || jsonb_build_object('relation', v_table, 'verb', v_statement[1], 'outcome', v_outcome);
    END LOOP;
  END LOOP;
  EXECUTE format('SET LOCAL ROLE %I', v_me);
  INSERT INTO check_found SELECT * FROM jsonb_to_recordset(v_found) AS f (relation text, verb text, outcome text);
END
$probe$;
-- @check sessions and imports are kept to their organization
-- @expect every ok = true
SELECT relation, verb, outcome, CASE verb
  WHEN 'sees own' THEN outcome = 'rows'
  WHEN 'sees others' THEN outcome = 'nothing'
  WHEN 'changes others' THEN outcome IN ('nothing', 'refused')
  WHEN 'gives away' THEN outcome = CASE relation WHEN 'workflow_instances' THEN '23514' ELSE 'refused' END
  WHEN 'deletes others' THEN outcome IN ('nothing', 'refused')
  WHEN 'adds to others' THEN outcome = 'refused' END AS ok
FROM check_found
WHERE NOT (relation = 'product_import_staging' AND verb = 'adds to others' AND outcome = '55000');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
CREATE TEMPORARY TABLE check_orgs AS
SELECT * FROM (VALUES (990000001, 990000001), (990000002, 990000002), (990000003, 1)) AS v (id, organization_id);
INSERT INTO users (id, organization_id, username, email, password_hash, role)
SELECT id, organization_id, 'check ' || id, 'check' || id || '@example.org', 'x', 'admin' FROM check_orgs;
INSERT INTO cli_sessions (organization_id, user_id) SELECT organization_id, id FROM check_orgs;
INSERT INTO product_imports (id, organization_id, file_name, started_by) SELECT id, organization_id, 'check.csv', id FROM check_orgs;
INSERT INTO product_import_staging (import_id, line_number, organization_id) SELECT id, 2, organization_id FROM check_orgs;
INSERT INTO product_import_errors (organization_id, import_id, line_number, column_name, reason, row_values)
SELECT organization_id, id, 3, 'sku', 'check', '{}' FROM check_orgs;
-- @check without an organization no session or import is seen
-- @expect every visible = 0
-- @as clierp_app
SELECT 'cli_sessions' AS name, count(*) AS visible FROM cli_sessions
UNION ALL
SELECT 'product_imports' AS name, count(*) AS visible FROM product_imports
UNION ALL
SELECT 'product_import_staging' AS name, count(*) AS visible FROM product_import_staging
UNION ALL
SELECT 'product_import_errors' AS name, count(*) AS visible FROM product_import_errors;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
CREATE TEMPORARY TABLE check_orgs AS
SELECT * FROM (VALUES (990000001, 990000001), (990000002, 990000002), (990000003, 1)) AS v (id, organization_id);
INSERT INTO users (id, organization_id, username, email, password_hash, role)
SELECT id, organization_id, 'check ' || id, 'check' || id || '@example.org', 'x', 'admin' FROM check_orgs;
INSERT INTO cli_sessions (organization_id, user_id) SELECT organization_id, id FROM check_orgs;
INSERT INTO product_imports (id, organization_id, file_name, started_by) SELECT id, organization_id, 'check.csv', id FROM check_orgs;
INSERT INTO product_import_staging (import_id, line_number, organization_id) SELECT id, 2, organization_id FROM check_orgs;
INSERT INTO product_import_errors (organization_id, import_id, line_number, column_name, reason, row_values)
SELECT organization_id, id, 3, 'sku', 'check', '{}' FROM check_orgs;
-- @check a staged row can't be put into another organization
-- @expect error P0002
-- @as clierp_app
-- @set app.organization_id = 990000001
INSERT INTO product_import_staging (import_id, line_number, organization_id) VALUES (990000002, 9, 990000001);

-- @check the old CLI does not see imports
-- @expect error 42501
-- @as clierp_cli
SELECT id FROM product_imports;

-- @check phase 4 is gone
-- @when rolled-back
-- @expect rows = 0
SELECT relname FROM pg_catalog.pg_class WHERE relnamespace = 'public'::regnamespace AND relname ~ '^(cli_sessions|product_import)'
UNION ALL
SELECT proname FROM pg_catalog.pg_proc WHERE pronamespace = 'public'::regnamespace
  AND proname ~ '(cli_session|create_purchase_order|product_import|import_product|listed_import_lines)';
