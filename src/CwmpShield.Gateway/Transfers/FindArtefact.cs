using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Firmware;
using CwmpShield.Gateway.Inspection;

namespace CwmpShield.Gateway.Transfers;

/// <summary>What the manifest says of one file of an order; null where no manifest is configured.</summary>
internal delegate ArtefactAnswer? FindArtefact(DeviceSession session, TransferOrder transfer);
