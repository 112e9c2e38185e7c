"""Send short messages out of Quipu: by mail and to a webhook, behind one interface."""
