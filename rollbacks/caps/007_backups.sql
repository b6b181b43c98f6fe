-- @description Remove the backup tables
-- @deletes restore_jobs
-- @deletes backups
-- @deletes backup_settings
-- @deletes backup_destinations

DROP VIEW latest_backups;
DROP TABLE restore_jobs;
DROP TABLE backups;
DROP TABLE backup_settings;
DROP TABLE backup_destinations;
