using CwmpShield.Soak;

return await SoakRun.MainAsync(args);
