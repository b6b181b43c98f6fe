-- @check the tables for people are there
-- @expect rows = 4
SELECT name FROM sqlite_schema WHERE type = 'table' AND name IN ('departments', 'employees', 'users', 'audit_logs');

-- @check the tables for people are gone
-- @when rolled-back
-- @expect rows = 0
SELECT name FROM sqlite_schema WHERE tbl_name IN ('departments', 'employees', 'users', 'audit_logs');

-- @setup
INSERT INTO departments (id, name) VALUES (990000001, 'check');
INSERT INTO employees (id, employee_code, name, department_id, position, hire_date)
VALUES (990000001, 'CHECK-1', 'One', 990000001, 'clerk', '2024-03-01');
-- @check a second employee with the same code is refused
-- @expect error SQLITE_CONSTRAINT_UNIQUE
INSERT INTO employees (employee_code, name, department_id, position, hire_date) VALUES ('CHECK-1', 'Two', 990000001, 'clerk', '2024-03-01');

-- @check an employee needs a department that exists
-- @expect error SQLITE_CONSTRAINT_FOREIGNKEY
INSERT INTO employees (employee_code, name, department_id, position, hire_date) VALUES ('CHECK-1', 'Two', 2147483647, 'clerk', '2024-03-01');

-- @check a role that does not exist is refused
-- @expect error SQLITE_CONSTRAINT_CHECK
INSERT INTO users (username, email, password_hash, role) VALUES ('check', 'check@example.org', 'x', 'king');

-- @setup
INSERT INTO users (username, email, password_hash) VALUES ('check', 'check@example.org', 'x');
-- @check a user is active unless said otherwise, as the number 1
-- @expect result = [{"is_active": 1, "type": "integer", "role": "employee"}]
SELECT is_active, typeof(is_active) AS type, role FROM users WHERE username = 'check';

-- @setup
INSERT INTO departments (id, name) VALUES (990000001, 'check');
INSERT INTO employees (id, employee_code, name, department_id, position, hire_date)
VALUES (990000001, 'CHECK-1', 'One', 990000001, 'clerk', '2024-03-01');
INSERT INTO departments (id, name, manager_id) VALUES (990000002, 'check too', 990000001);
DELETE FROM employees WHERE id = 990000001;
-- @check a department outlives its manager
-- @expect value = 1
SELECT count(*) FROM departments WHERE id = 990000002 AND manager_id IS NULL;

-- @setup
INSERT INTO departments (id, name) VALUES (990000001, 'check');
INSERT INTO employees (id, employee_code, name, department_id, position, hire_date)
VALUES (990000001, 'CHECK-1', 'One', 990000001, 'clerk', '2024-03-01');
UPDATE employees SET hire_date = '01.03.2024', salary = 1000.5 WHERE id = 990000001;
INSERT INTO users (username, email, password_hash, is_active) VALUES ('check', 'check@example.org', 'x', 'true');
-- @check SQLite takes a date in any form, and text for a truth value
-- @expect result = [{"hire": "text", "salary": "real", "active": "text"}]
SELECT typeof(e.hire_date) AS hire, typeof(e.salary) AS salary, typeof(u.is_active) AS active FROM employees AS e, users AS u
WHERE e.id = 990000001 AND u.username = 'check';

-- @check mistyped: dates of hire are days in a known form
-- @expect rows = 0
-- @severity warning
SELECT id, hire_date FROM employees
WHERE typeof(hire_date) <> 'text' OR NOT (hire_date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'
  OR hire_date GLOB '[0-9][0-9].[0-9][0-9].[0-9][0-9][0-9][0-9]');

-- @check mistyped: salaries are numbers
-- @expect rows = 0
-- @severity warning
SELECT id, salary FROM employees WHERE typeof(salary) NOT IN ('integer', 'real');

-- @check mistyped: truth values of users are 0, 1 or true
-- @expect rows = 0
-- @severity warning
SELECT id, is_active FROM users WHERE is_active NOT IN (0, 1, 'true');
