-- @check x004
-- @expect value = true
SELECT true;

-- @check gone004
-- @when rolled-back
-- @expect value = true
SELECT true;
