-- @description Remove days at work and pay
-- @deletes payrolls
-- @deletes attendances

DROP TABLE payrolls;
DROP TABLE attendances;
