"""Many reports audited in one go: what a list of them names, each report by itself, and what all of them come to.

`manifest` reads the list; `run` audits its reports on the cores of a machine, in parts that it keeps, so that nothing
is done twice. The rules `audit_part` and `audits` of the workflow do the same in jobs.
"""
