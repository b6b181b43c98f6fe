-- @description Remove departments, employees, user accounts and the audit log
-- @deletes audit_logs
-- @deletes users
-- @deletes employees
-- @deletes departments

DROP TABLE audit_logs;
DROP TABLE users;
DROP TABLE employees;
DROP TABLE departments;
