-- Which objects of work were ever erased?
SELECT DISTINCT hex(object) FROM work WHERE act = 'erased'
