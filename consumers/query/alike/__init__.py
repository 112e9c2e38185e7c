"""Answer which objects, and which ways of acting, are alike in records of two countries."""
