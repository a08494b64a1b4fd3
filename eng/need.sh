# Sourced by the commands at the top: makes sure that what they call is there, and says what to do where it cannot be.

# wants_help ARGUMENT...: whether one of them asks for the usage.
wants_help() {
  local argument
  for argument in "$@"; do
    case "$argument" in -h|--help) return 0 ;; esac
  done
  return 1
}

# usage_of FILE: the comment that a command begins with.
usage_of() {
  sed -n '2,${/^#/!q;s/^# \{0,1\}//p}' "$1"
}

# need_dotnet: the SDK that global.json asks for; it is in no Debian release, so it is asked for, not installed.
need_dotnet() {
  command -v dotnet >/dev/null 2>&1 && dotnet --version >/dev/null 2>&1 && return 0
  echo "The .NET 10 SDK is needed (global.json names the version): https://dotnet.microsoft.com/download/dotnet/10.0" >&2
  return 1
}

# need_package PROGRAM PACKAGE: installs a Debian package where its program is missing.
need_package() {
  command -v "$1" >/dev/null 2>&1 && return 0
  install_package "$1" "$2"
}

# need_file FILE PACKAGE: the same for a package without a program.
need_file() {
  [ -e "$1" ] && return 0
  install_package "$1" "$2"
}

install_package() {
  local as_root=()
  [ "$(id -u)" = 0 ] || as_root=(sudo)
  echo "installing $2 (for $1) ..."
  if [ -z "${apt_updated:-}" ]; then
    "${as_root[@]}" apt-get update -qq || return 1
    apt_updated=1
  fi
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "$2" >/dev/null || {
    echo "could not install $2: install it by hand and run this again" >&2
    return 1
  }
}
