#!/usr/bin/env bash
# Publishes the command into a folder, as ./release ships it: what is committed and locked, for Linux on x64, compiled ahead of time (ReadyToRun).
#   eng/publish.sh FOLDER
set -eu
cd "$(dirname "$0")/.."
. eng/need.sh

wants_help "$@" && { usage_of eng/publish.sh; exit 0; }
case "${1:-}" in
  ""|-*) usage_of eng/publish.sh; exit 2 ;;
esac

need_dotnet
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
dotnet restore --locked-mode -v quiet -r linux-x64 -p:PublishReadyToRun=true src/CwmpShield.Cli
# A compiler of its own: one that serves other builds keeps what they have left in it.
dotnet publish --no-restore --nologo -v quiet -c Release -r linux-x64 --no-self-contained -p:PublishReadyToRun=true -p:UseSharedCompilation=false \
  -p:DebugType=embedded src/CwmpShield.Cli -o "$1"
