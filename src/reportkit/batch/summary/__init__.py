"""What comes out of a batch: one page to read, one workbook to reckon with, a letter to each."""
