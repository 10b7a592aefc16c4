"""The reviewer's room: the audit as one page and one workbook, in which every printed cell tells its story.

`stories`: what a printed cell stands for, what it is computed from, which claims rest on it. `whatif`: everything again
under every reading and treatment of missing scores. `payload`: what page and workbook show, put together once.
`reviewer_page`: the stage, and the page. `workbook`: the workbook.
"""
