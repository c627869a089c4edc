#!/bin/sh
# Builds every example submission and says where the results are.
set -u
cd "$(dirname "$0")/.."
status=0
for folder in submissions/*/*/; do
    folder=${folder%/}
    out=build/demo/${folder#submissions/}
    printf '\n== %s\n' "$folder"
    .venv/bin/reportkit build "$folder" --out "$out" || status=$?
done
printf '\n各报告的 DOCX、PDF 和检查结果（HTML、JSON）在：\n'
for folder in build/demo/*/*/; do
    printf '  %s\n' "$folder"
    for file in "$folder"*; do printf '      %s\n' "${file#"$folder"}"; done
done
exit $status
