-- @description Days at work and monthly pay

CREATE TABLE attendances (
  id               INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  employee_id      INTEGER NOT NULL REFERENCES employees (id),
  date             DATE NOT NULL,
  check_in         TIME,
  check_out        TIME,
  break_minutes    INTEGER NOT NULL DEFAULT 0,
  overtime_minutes INTEGER NOT NULL DEFAULT 0,
  status           TEXT NOT NULL DEFAULT 'present'
                   CHECK (status IN ('present', 'absent', 'late', 'early_leave', 'holiday')),
  notes            TEXT,
  created_at       TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  UNIQUE (employee_id, date)
);

CREATE TABLE payrolls (
  id           INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  employee_id  INTEGER NOT NULL REFERENCES employees (id),
  period       TEXT NOT NULL,
  base_salary  INTEGER NOT NULL,
  overtime_pay INTEGER NOT NULL DEFAULT 0,
  bonuses      INTEGER NOT NULL DEFAULT 0,
  deductions   INTEGER NOT NULL DEFAULT 0,
  net_salary   INTEGER NOT NULL,
  payment_date DATE,
  status       TEXT NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'processed', 'paid')),
  created_at   TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at   TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  UNIQUE (employee_id, period)
);
