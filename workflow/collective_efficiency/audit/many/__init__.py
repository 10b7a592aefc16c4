"""Many reports audited in one go: what a list of them names, each report by itself, and what all of them come to.

`manifest` reads the list; `part` audits some of its reports, wherever that is done; `together` puts the parts into
tables; `run` does all of it on the cores of a machine and keeps the parts, so that nothing is done twice.
The rules `audit_part` and `audits` of the workflow do the same in jobs.
"""
