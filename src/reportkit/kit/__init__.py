"""The kit: what a school secretary fills in, a Word template and a workbook, and the way back.

    Standard ─> 填报模板.docx + 填报数据.xlsx ─ filled in ─> Submission

Whoever fills them in never sees a mark: tags of content controls, hidden cells and the words that
the kit itself prints tell what stands where. Tags win; without them headings and titles decide.
"""
