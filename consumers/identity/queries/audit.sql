SELECT at, actor, act, subject, address, detail FROM audit ORDER BY id DESC LIMIT ?
