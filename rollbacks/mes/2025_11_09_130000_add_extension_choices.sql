-- @description Remove the record of extension choices; by now every choice is undone

DROP FUNCTION forget_extension(text);
DROP FUNCTION extension_way(text);
DROP FUNCTION choose_extension(text, text);
DROP TABLE extension_choices;
