@echo off
rem Adapter Studio from a source tree on Windows. Written beside `studio`, not yet tried on Windows.
setlocal EnableDelayedExpansion
set "ROOT=%~dp0"
set "ROOT=%ROOT:~0,-1%"
set "JDK="
for %%C in ("%ADAPTER_STUDIO_JAVA%" "%JAVA_HOME%" "%JAVA25_HOME%") do call :try "%%~C"
for /d %%C in ("%ProgramFiles%\Eclipse Adoptium\jdk-*" "%ProgramFiles%\Java\jdk-*") do call :try "%%~C"
if not defined JDK (
  echo studio: Adapter Studio needs a JDK 25 or newer; none was found. 1>&2
  echo Install one, for example Temurin 25, or set ADAPTER_STUDIO_JAVA to its folder. 1>&2
  exit /b 1
)
set "STALE="
if not exist "%ROOT%\target\studio.stamp" set "STALE=1"
if not exist "%ROOT%\app\target\app-0.1.0.jar" set "STALE=1"
if not exist "%ROOT%\engine\runtime\target\runtime-0.1.0.jar" set "STALE=1"
if not defined STALE (
  powershell -NoProfile -Command "$t=(Get-Item '%ROOT%\target\studio.stamp').LastWriteTime; $p='pom.xml','engine','ui-resources','app' | ForEach-Object { Join-Path '%ROOT%' $_ }; if (Get-ChildItem $p -Recurse -File | Where-Object { $_.LastWriteTime -gt $t -and ($_.Name -eq 'pom.xml' -or $_.FullName -match 'src.main') } | Select-Object -First 1) { exit 1 }"
  if errorlevel 1 set "STALE=1"
)
if defined STALE (
  echo Building Adapter Studio; the first time this also downloads its libraries. 1>&2
  set "JAVA25_HOME=%JDK%"
  call mvn -q -B -ntp -f "%ROOT%\pom.xml" -DskipTests package 1>&2 || exit /b 1
  if not exist "%ROOT%\target" mkdir "%ROOT%\target"
  echo built> "%ROOT%\target\studio.stamp"
)
set "ENGINE=%ROOT%\engine\runtime\target"
"%JDK%\bin\java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow ^
  "-Dadapterstudio.root=%ROOT%" "-Dadapterstudio.engine.lib=%ENGINE%\runtime-0.1.0.jar;%ENGINE%\lib" ^
  -cp "%ROOT%\app\target\app-0.1.0.jar;%ROOT%\app\target\lib\*" org.adapterstudio.app.Launcher %*
exit /b %ERRORLEVEL%

:try
if defined JDK exit /b
if "%~1"=="" exit /b
if not exist "%~1\release" exit /b
for /f "tokens=2 delims==." %%V in ('findstr /b "JAVA_VERSION=" "%~1\release"') do (
  set "MAJOR=%%~V"
  set "MAJOR=!MAJOR:"=!"
)
if !MAJOR! GEQ 25 set "JDK=%~1"
exit /b
