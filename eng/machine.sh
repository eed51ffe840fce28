# What Tera needs of a Debian 12 machine, shared by ./tera and ./test. Messages go to stderr: stdout belongs to the command.

# docx -> PDF, page images, structure checks, Argon2id, the trial's mail catcher, fonts that stand in for those of office letters
run_packages=(
  libreoffice-writer-nogui python3-uno python3-aiosmtpd
  poppler-utils qpdf libargon2-1
  fonts-liberation fonts-croscore fonts-crosextra-carlito fonts-crosextra-caladea fonts-urw-base35 fonts-dejavu-core
)
# SoftHSM behind the OpenSSL engine stands for an HSM
test_packages=(postgresql chromium openssl softhsm2 libengine-pkcs11-openssl)

built="$here/artifacts/tera"

say() { printf 'tera: %s\n' "$*" >&2; }
stop() { say "$*"; exit 2; }

need_dotnet() {
  command -v dotnet >/dev/null 2>&1 || stop "the .NET SDK 10 is missing: install package dotnet-sdk-10.0 and run again"
  (cd "$here" && dotnet --version >/dev/null 2>&1) || stop "the .NET SDK 10 is missing; this machine has: $(dotnet --list-sdks 2>/dev/null | tr '\n' ' ')"
}

need_packages() { # purpose, package...
  local purpose=$1 p; shift
  local -a missing=()
  for p in "$@"; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$p" 2>/dev/null || true)" = installed ] || missing+=("$p")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  command -v apt-get >/dev/null 2>&1 || stop "to $purpose these Debian packages are missing, and there is no apt-get here: ${missing[*]}"
  local -a as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    sudo -n true 2>/dev/null || stop "packages are missing and this user may not install them; ask an administrator to run: apt-get install --no-install-recommends ${missing[*]}"
    as_root=(sudo -n)
  fi
  say "installing ${#missing[@]} Debian packages ($purpose), a few minutes the first time: ${missing[*]}"
  local log; log=$(mktemp)
  if ! { "${as_root[@]}" apt-get update -q && "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
         apt-get install -q -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
    tail -n 15 "$log" >&2
    stop "apt-get failed; the whole output is in $log"
  fi
  rm -f "$log"
  say "installed"
}

# Builds only when a source is newer than the last good build; two calls at once build once.
build_tera() {
  mkdir -p "$here/artifacts"
  exec 9>"$here/artifacts/.build.lock"
  flock 9
  local stamp="$here/artifacts/.built"
  if [ ! -f "$stamp" ] || [ ! -f "$built/tera.dll" ] || [ -n "$(find "$here/src" "$here/Directory.Build.props" "$here/Directory.Packages.props" "$here/global.json" \
       \( -name bin -o -name obj \) -prune -o -type f -newer "$stamp" -print -quit)" ]; then
    say "building"
    local log="$here/artifacts/build.log" began; began=$(mktemp)
    if ! dotnet build "$here/src/Tera/Tera.csproj" -c Release -o "$built" -v q --nologo -clp:NoSummary >"$log" 2>&1; then
      grep -E 'error' "$log" | sort -u | head -n 20 >&2 || tail -n 20 "$log" >&2
      stop "the build failed; the whole output is in artifacts/build.log"
    fi
    mv "$began" "$stamp"
  fi
  flock -u 9
  exec 9>&-
}
