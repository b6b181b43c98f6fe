-- @check x005
-- @expect value = true
SELECT true;

-- @check gone005
-- @when rolled-back
-- @expect value = true
SELECT true;
