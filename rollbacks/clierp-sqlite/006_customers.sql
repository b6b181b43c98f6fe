-- @description Remove customers, leads, deals, activities and campaigns
-- @deletes campaign_leads
-- @deletes campaigns
-- @deletes activities
-- @deletes deals
-- @deletes leads
-- @deletes customers

DROP TABLE campaign_leads;
DROP TABLE campaigns;
DROP TABLE activities;
DROP TABLE deals;
DROP TABLE leads;
DROP TABLE customers;
