; Inno Setup's recipe for the Windows installer: for one person, no administrator needed.
;   iscc /DVersion=0.2.0 packaging\bundle\windows.iss
[Setup]
AppId={{6B1E0C5E-5C0D-4E5B-9D0B-3F9B8B7D2A61}
AppName=MaskGAN Studio
AppVersion={#Version}
DefaultDirName={autopf}\MaskGAN Studio
PrivilegesRequired=lowest
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
DisableProgramGroupPage=yes
LicenseFile=..\..\LICENSE
SetupIconFile=..\..\build\icons\maskgan-studio.ico
UninstallDisplayIcon={app}\MaskGAN Studio.exe
OutputDir=..\..\dist
OutputBaseFilename=maskgan-studio-{#Version}-windows-x86_64
ChangesAssociations=yes
Compression=lzma2

[Files]
Source: "..\..\build\bundle\maskgan-studio\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[InstallDelete]
; A newer version must not find modules of the older one.
Type: filesandordirs; Name: "{app}\_internal"

[Icons]
Name: "{autoprograms}\MaskGAN Studio"; Filename: "{app}\MaskGAN Studio.exe"

[Registry]
; Projects are opened by a double click, photos can be with "Open with".
Root: HKA; Subkey: "Software\Classes\MaskGANStudio.Project"; ValueType: string; ValueData: "OpenRaster image"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\MaskGANStudio.Project\shell\open\command"; ValueType: string; ValueData: """{app}\MaskGAN Studio.exe"" ""%1"""
Root: HKA; Subkey: "Software\Classes\.ora\OpenWithProgids"; ValueType: string; ValueName: "MaskGANStudio.Project"; ValueData: ""; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\Applications\MaskGAN Studio.exe\shell\open\command"; ValueType: string; ValueData: """{app}\MaskGAN Studio.exe"" ""%1"""; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Applications\MaskGAN Studio.exe\SupportedTypes"; ValueType: string; ValueName: ".jpg"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\MaskGAN Studio.exe\SupportedTypes"; ValueType: string; ValueName: ".jpeg"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\MaskGAN Studio.exe\SupportedTypes"; ValueType: string; ValueName: ".png"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\MaskGAN Studio.exe\SupportedTypes"; ValueType: string; ValueName: ".webp"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\MaskGAN Studio.exe\SupportedTypes"; ValueType: string; ValueName: ".tif"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\MaskGAN Studio.exe\SupportedTypes"; ValueType: string; ValueName: ".tiff"; ValueData: ""
