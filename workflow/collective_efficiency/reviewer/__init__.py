"""Stage `page`: the audit as one page for a reviewer, and as one workbook.

`stories` says of every printed cell what it rests on, `whatif` recomputes under every reading and treatment of missing
scores, `payload` puts together what page and workbook show, and `render` and `workbook` write them.
"""
