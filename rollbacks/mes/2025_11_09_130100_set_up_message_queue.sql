-- @description Remove the message queues, whichever way served them
-- @deletes extension_choices

SET LOCAL client_min_messages = warning; -- CASCADE would list every function that goes
DROP FUNCTION enqueue_message(text, text, jsonb, integer);
DROP FUNCTION create_message_queue(text);
DO $$
BEGIN
  PERFORM pgmq.drop_queue('notifications');
  IF extension_way('pgmq') = 'native' THEN
    DROP SCHEMA pgmq CASCADE;
  ELSE
    REVOKE ALL ON pgmq.meta FROM mes_worker;
    REVOKE USAGE ON SCHEMA pgmq FROM mes_worker;
  END IF;
  PERFORM forget_extension('pgmq');
END
$$;
