Console.WriteLine("cwmpshield");
