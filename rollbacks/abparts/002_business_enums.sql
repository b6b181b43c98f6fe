-- @description Remove the five enum types of the business model

DROP TYPE transaction_type;
DROP TYPE user_status;
DROP TYPE user_role;
DROP TYPE part_type;
DROP TYPE organization_type;
