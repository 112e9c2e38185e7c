-- Rejects of a partition that are about to be read again, from an offset on: what is still wrong is told again.
ALTER TABLE rejects DELETE WHERE topic = {topic:String} AND partition = {partition:UInt16} AND offset >= {offset:UInt64} SETTINGS mutations_sync = 2
