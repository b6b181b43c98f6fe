-- @description Departments, employees, user accounts and the audit log of the CLI

CREATE TABLE departments (
  id          INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  name        TEXT NOT NULL UNIQUE,
  description TEXT,
  manager_id  INTEGER REFERENCES employees (id) ON DELETE SET NULL,
  created_at  TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at  TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE employees (
  id            INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  employee_code TEXT NOT NULL UNIQUE,
  name          TEXT NOT NULL,
  email         TEXT UNIQUE,
  phone         TEXT,
  department_id INTEGER NOT NULL REFERENCES departments (id),
  position      TEXT NOT NULL,
  hire_date     DATE NOT NULL,
  salary        INTEGER NOT NULL DEFAULT 0,
  status        TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'inactive', 'terminated')),
  created_at    TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at    TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX idx_employees_department ON employees (department_id);

CREATE TABLE users (
  id            INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  username      TEXT NOT NULL UNIQUE,
  email         TEXT NOT NULL UNIQUE,
  password_hash TEXT NOT NULL,
  employee_id   INTEGER REFERENCES employees (id),
  role          TEXT NOT NULL DEFAULT 'employee'
                CHECK (role IN ('admin', 'manager', 'supervisor', 'employee', 'auditor')),
  is_active     BOOLEAN NOT NULL DEFAULT 1,
  last_login    TIMESTAMP,
  created_at    TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at    TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE audit_logs (
  id         INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  user_id    INTEGER REFERENCES users (id),
  table_name TEXT NOT NULL,
  record_id  INTEGER NOT NULL,
  action     TEXT NOT NULL,
  old_values TEXT,
  new_values TEXT,
  changed_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX idx_audit_logs_record ON audit_logs (table_name, record_id);
