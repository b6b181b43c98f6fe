-- @check the tables for attendance and pay are there
-- @expect rows = 2
SELECT name FROM sqlite_schema WHERE type = 'table' AND name IN ('attendances', 'payrolls');

-- @check the tables for attendance and pay are gone
-- @when rolled-back
-- @expect rows = 0
SELECT name FROM sqlite_schema WHERE tbl_name IN ('attendances', 'payrolls');

-- @setup
INSERT INTO departments (id, name) VALUES (990000001, 'check');
INSERT INTO employees (id, employee_code, name, department_id, position, hire_date)
VALUES (990000001, 'CHECK-1', 'One', 990000001, 'clerk', '2024-03-01');
-- @check an employee has a day once
-- @expect error SQLITE_CONSTRAINT_UNIQUE
INSERT INTO attendances (employee_id, date) VALUES (990000001, '2024-03-01'), (990000001, '2024-03-01');

-- @setup
INSERT INTO departments (id, name) VALUES (990000001, 'check');
INSERT INTO employees (id, employee_code, name, department_id, position, hire_date)
VALUES (990000001, 'CHECK-1', 'One', 990000001, 'clerk', '2024-03-01');
-- @check the same day in another form passes for another day
-- @expect rows = 2
INSERT INTO attendances (employee_id, date) VALUES (990000001, '2024-03-01'), (990000001, '2024/03/01') RETURNING id;

-- @setup
INSERT INTO departments (id, name) VALUES (990000001, 'check');
INSERT INTO employees (id, employee_code, name, department_id, position, hire_date)
VALUES (990000001, 'CHECK-1', 'One', 990000001, 'clerk', '2024-03-01');
-- @check an unknown kind of day is refused
-- @expect error SQLITE_CONSTRAINT_CHECK
INSERT INTO attendances (employee_id, date, status) VALUES (990000001, '2024-03-01', 'perhaps');

-- @setup
INSERT INTO departments (id, name) VALUES (990000001, 'check');
INSERT INTO employees (id, employee_code, name, department_id, position, hire_date)
VALUES (990000001, 'CHECK-1', 'One', 990000001, 'clerk', '2024-03-01');
-- @check an employee is paid once a month
-- @expect error SQLITE_CONSTRAINT_UNIQUE
INSERT INTO payrolls (employee_id, period, base_salary, net_salary) VALUES (990000001, '2024-03', 1, 1), (990000001, '2024-03', 1, 1);

-- @check mistyped: days at work are in a known form
-- @expect rows = 0
-- @severity warning
SELECT id, date FROM attendances
WHERE typeof(date) <> 'text' OR NOT (date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'
  OR date GLOB '[0-9][0-9][0-9][0-9]/[0-9][0-9]/[0-9][0-9]');

-- @check mistyped: times at work are hours and minutes, with or without seconds
-- @expect rows = 0
-- @severity warning
SELECT id, check_in, check_out FROM attendances
WHERE time(CASE WHEN check_in GLOB '[0-9]:*' THEN '0' ELSE '' END || check_in) IS NULL AND check_in IS NOT NULL
  OR time(CASE WHEN check_out GLOB '[0-9]:*' THEN '0' ELSE '' END || check_out) IS NULL AND check_out IS NOT NULL;
