-- @check x006
-- @expect value = true
SELECT true;

-- @check gone006
-- @when rolled-back
-- @expect value = true
SELECT true;
