<?xml version='1.0' encoding='utf-8'?>
<TS version="2.1" language="de" sourcelanguage="en">
  <context>
    <name>MaskGANStudio</name>
    <message>
      <source> s</source>
      <translation> s</translation>
    </message>
    <message>
      <source>-1 takes all colour out, 1 doubles it</source>
      <translation>-1 nimmt alle Farbe heraus, 1 verdoppelt sie</translation>
    </message>
    <message>
      <source>0 is this mask, 100 the reference's; beyond both ends the difference is exaggerated</source>
      <translation>0 ist diese Maske, 100 die des Vergleichsfotos; jenseits beider Enden wird der Unterschied übertrieben</translation>
    </message>
    <message>
      <source>0.1 = 10 % farther from the head</source>
      <translation>0,1 = 10 % weiter vom Kopf</translation>
    </message>
    <message>
      <source>0.1 = 10 % fuller</source>
      <translation>0,1 = 10 % voller</translation>
    </message>
    <message>
      <source>0.1 = 10 % higher</source>
      <translation>0,1 = 10 % höher</translation>
    </message>
    <message>
      <source>0.1 = 10 % larger</source>
      <translation>0,1 = 10 % größer</translation>
    </message>
    <message>
      <source>0.1 = 10 % thicker</source>
      <translation>0,1 = 10 % dicker</translation>
    </message>
    <message>
      <source>0.1 = 10 % wider</source>
      <translation>0,1 = 10 % breiter</translation>
    </message>
    <message>
      <source>1 = 10 px outwards, each eye</source>
      <translation>1 = 10 px nach außen, jedes Auge</translation>
    </message>
    <message>
      <source>1 = 16 px up</source>
      <translation>1 = 16 px nach oben</translation>
    </message>
    <message>
      <source>1 = 20 px longer</source>
      <translation>1 = 20 px länger</translation>
    </message>
    <message>
      <source>1 = 28 px higher</source>
      <translation>1 = 28 px höher</translation>
    </message>
    <message>
      <source>1 = 28 px longer</source>
      <translation>1 = 28 px länger</translation>
    </message>
    <message>
      <source>1 = 28 px up</source>
      <translation>1 = 28 px nach oben</translation>
    </message>
    <message>
      <source>1 = 36 px apart</source>
      <translation>1 = 36 px auseinander</translation>
    </message>
    <message>
      <source>1 = 5 px up</source>
      <translation>1 = 5 px nach oben</translation>
    </message>
    <message>
      <source>1 = 8 px to the image's right</source>
      <translation>1 = 8 px zum rechten Bildrand hin</translation>
    </message>
    <message>
      <source>1 = corners 15 px up and 9 px outwards</source>
      <translation>1 = Mundwinkel 15 px nach oben und 9 px nach außen</translation>
    </message>
    <message>
      <source>1 = outer corner up by 12 degrees</source>
      <translation>1 = äußerer Winkel 12 Grad höher</translation>
    </message>
    <message>
      <source>1 = outer end up by 15 degrees</source>
      <translation>1 = äußeres Ende 15 Grad höher</translation>
    </message>
    <message>
      <source>1 = shut</source>
      <translation>1 = geschlossen</translation>
    </message>
    <message>
      <source>1 island or hole</source>
      <translation>1 Insel oder Loch</translation>
    </message>
    <message>
      <source>A colour has no “{name}”; update the program.</source>
      <translation>Eine Farbe hat kein „{name}“; aktualisieren Sie das Programm.</translation>
    </message>
    <message>
      <source>A document needs at least its base mask; open a photo or a mask.</source>
      <translation>Ein Dokument braucht mindestens seine Grundmaske; öffnen Sie ein Foto oder eine Maske.</translation>
    </message>
    <message>
      <source>A film from the photo to its edit…</source>
      <translation>Ein Film vom Foto zur Änderung …</translation>
    </message>
    <message>
      <source>A layer must hold 8-bit class numbers; convert the mask to values from 0 to 18.</source>
      <translation>Eine Ebene enthält Klassennummern mit 8 Bit; wandeln Sie die Maske in Werte von 0 bis 18 um.</translation>
    </message>
    <message>
      <source>A mask must be a (H, W) uint8 array with values 0 to {last}.</source>
      <translation>Eine Maske muss ein uint8-Feld (H, W) mit den Werten 0 bis {last} sein.</translation>
    </message>
    <message>
      <source>A palette PNG with values 0 to 18</source>
      <translation>Ein Paletten-PNG mit den Werten 0 bis 18</translation>
    </message>
    <message>
      <source>A pen's pressure narrows the brush</source>
      <translation>Der Druck eines Stifts macht den Pinsel schmaler</translation>
    </message>
    <message>
      <source>A photo must be 8-bit grey, RGB or RGBA pixels, not {kind} {shape}.</source>
      <translation>Ein Foto muss aus 8-Bit-Pixeln in Grau, RGB oder RGBA bestehen, nicht {kind} {shape}.</translation>
    </message>
    <message>
      <source>A photo whose style the result is to take</source>
      <translation>Ein Foto, dessen Stil das Ergebnis annehmen soll</translation>
    </message>
    <message>
      <source>A place was read as “{part}”, without much certainty; it may be “{other}”.</source>
      <translation>Eine Stelle wurde ohne große Sicherheit als „{part}“ gelesen; sie kann „{other}“ sein.</translation>
    </message>
    <message>
      <source>A second photo that is dropped here lends its colours, its mask or single parts.</source>
      <translation>Ein zweites Foto, das Sie hierher ziehen, leiht seine Farben, seine Maske oder einzelne Teile.</translation>
    </message>
    <message>
      <source>A stroke that closes an outline paints its inside as well</source>
      <translation>Ein Strich, der einen Umriss schließt, malt auch dessen Inneres</translation>
    </message>
    <message>
      <source>A {kind} cannot be saved as {role}.</source>
      <translation>Ein {kind} lässt sich nicht als {role} speichern.</translation>
    </message>
    <message>
      <source>About MaskGAN Studio</source>
      <translation>Über MaskGAN Studio</translation>
    </message>
    <message>
      <source>Action</source>
      <translation>Befehl</translation>
    </message>
    <message>
      <source>Add a layer</source>
      <translation>Ebene hinzufügen</translation>
    </message>
    <message>
      <source>Add layer</source>
      <translation>Ebene hinzugefügt</translation>
    </message>
    <message>
      <source>Afro</source>
      <translation>Afro</translation>
    </message>
    <message>
      <source>All files</source>
      <translation>Alle Dateien</translation>
    </message>
    <message>
      <source>All keys go back to those of a fresh installation; your own are forgotten.</source>
      <translation>Alle Tasten werden wieder die einer frischen Installation; Ihre eigenen gehen verloren.</translation>
    </message>
    <message>
      <source>All layers must be label maps of the same size; scale the mask to the size of the document.</source>
      <translation>Alle Ebenen müssen gleich große Masken sein; bringen Sie die Maske auf die Größe des Dokuments.</translation>
    </message>
    <message>
      <source>All sliders back to 0</source>
      <translation>Alle Regler zurück auf 0</translation>
    </message>
    <message>
      <source>All that is painted</source>
      <translation>Alles Gemalte</translation>
    </message>
    <message>
      <source>Also fill what the area encloses</source>
      <translation>Auch füllen, was die Fläche umschließt</translation>
    </message>
    <message>
      <source>Amber</source>
      <translation>Bernstein</translation>
    </message>
    <message>
      <source>Apply</source>
      <translation>Anwenden</translation>
    </message>
    <message>
      <source>Arrows choose from there; Alt and a letter opens one of them</source>
      <translation>Von dort wählen die Pfeiltasten; Alt und ein Buchstabe öffnet eines davon</translation>
    </message>
    <message>
      <source>As chosen below</source>
      <translation>Wie unten gewählt</translation>
    </message>
    <message>
      <source>As good as the photo</source>
      <translation>So gut wie das Foto</translation>
    </message>
    <message>
      <source>Asking the network for masks…</source>
      <translation>Das Netz wird nach Masken gefragt …</translation>
    </message>
    <message>
      <source>Auburn</source>
      <translation>Kastanienrot</translation>
    </message>
    <message>
      <source>Aviator sunglasses</source>
      <translation>Aviator-Sonnenbrille</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>Zurück</translation>
    </message>
    <message>
      <source>Back to “{name}”</source>
      <translation>Zurück zu „{name}“</translation>
    </message>
    <message>
      <source>Background</source>
      <translation>Hintergrund</translation>
    </message>
    <message>
      <source>Bake</source>
      <translation>Festschreiben</translation>
    </message>
    <message>
      <source>Bake the face</source>
      <translation>Gesicht festschreiben</translation>
    </message>
    <message>
      <source>Base</source>
      <translation>Grund</translation>
    </message>
    <message>
      <source>Batch</source>
      <translation>Stapel</translation>
    </message>
    <message>
      <source>Beanie</source>
      <translation>Mütze</translation>
    </message>
    <message>
      <source>Before and after at a slider</source>
      <translation>Vorher und nachher am Schieber</translation>
    </message>
    <message>
      <source>Before and after side by side</source>
      <translation>Vorher und nachher nebeneinander</translation>
    </message>
    <message>
      <source>Before and after, side by side</source>
      <translation>Vorher und Nachher, nebeneinander</translation>
    </message>
    <message>
      <source>Berry</source>
      <translation>Beere</translation>
    </message>
    <message>
      <source>Black</source>
      <translation>Schwarz</translation>
    </message>
    <message>
      <source>Blue</source>
      <translation>Blau</translation>
    </message>
    <message>
      <source>Bob</source>
      <translation>Bob</translation>
    </message>
    <message>
      <source>Bridge</source>
      <translation>Rücken</translation>
    </message>
    <message>
      <source>Bring the panel to the front and go into it</source>
      <translation>Die Tafel nach vorn holen und hineingehen</translation>
    </message>
    <message>
      <source>Brown</source>
      <translation>Braun</translation>
    </message>
    <message>
      <source>Brows</source>
      <translation>Brauen</translation>
    </message>
    <message>
      <source>Brush</source>
      <translation>Pinsel</translation>
    </message>
    <message>
      <source>Brush size</source>
      <translation>Pinselgröße</translation>
    </message>
    <message>
      <source>Brush size in pixels</source>
      <translation>Pinselgröße in Pixeln</translation>
    </message>
    <message>
      <source>Busy</source>
      <translation>Beschäftigt</translation>
    </message>
    <message>
      <source>By 15 degrees; Space and Shift with a drag turn it freely</source>
      <translation>Um 15 Grad; Leertaste und Umschalt mit einem Zug drehen frei</translation>
    </message>
    <message>
      <source>By two pixels all round</source>
      <translation>Ringsum um zwei Pixel</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <source>Cancel the batch</source>
      <translation>Den Stapel abbrechen</translation>
    </message>
    <message>
      <source>Cancel the fit</source>
      <translation>Anpassung abbrechen</translation>
    </message>
    <message>
      <source>Canvas</source>
      <translation>Leinwand</translation>
    </message>
    <message>
      <source>Canvas only</source>
      <translation>Nur die Arbeitsfläche</translation>
    </message>
    <message>
      <source>Cap</source>
      <translation>Kappe</translation>
    </message>
    <message>
      <source>Carry the photo along</source>
      <translation>Foto mitnehmen</translation>
    </message>
    <message>
      <source>Cat-eye glasses</source>
      <translation>Cat-Eye-Brille</translation>
    </message>
    <message>
      <source>Changed elsewhere</source>
      <translation>Anderswo geändert</translation>
    </message>
    <message>
      <source>Cheeks</source>
      <translation>Wangen</translation>
    </message>
    <message>
      <source>Chin</source>
      <translation>Kinn</translation>
    </message>
    <message>
      <source>Choose a folder, or drop one here; its photos stay as they are</source>
      <translation>Einen Ordner wählen oder hierher ziehen; seine Fotos bleiben, wie sie sind</translation>
    </message>
    <message>
      <source>Choose any colour</source>
      <translation>Eine beliebige Farbe wählen</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <source>Close message</source>
      <translation>Meldung schließen</translation>
    </message>
    <message>
      <source>Close the document and keep the window</source>
      <translation>Das Dokument schließen, das Fenster behalten</translation>
    </message>
    <message>
      <source>Close without it</source>
      <translation>Ohne ihn schließen</translation>
    </message>
    <message>
      <source>Closed</source>
      <translation>Geschlossen</translation>
    </message>
    <message>
      <source>Clothes</source>
      <translation>Kleidung</translation>
    </message>
    <message>
      <source>Colour</source>
      <translation>Farbe</translation>
    </message>
    <message>
      <source>Colour of</source>
      <translation>Farbe von</translation>
    </message>
    <message>
      <source>Colours for colour-blind eyes</source>
      <translation>Farben für Farbenfehlsichtige</translation>
    </message>
    <message>
      <source>Command</source>
      <translation>Befehl</translation>
    </message>
    <message>
      <source>Commands</source>
      <translation>Befehle</translation>
    </message>
    <message>
      <source>Contiguous</source>
      <translation>Zusammenhängend</translation>
    </message>
    <message>
      <source>Convert and open</source>
      <translation>Umwandeln und öffnen</translation>
    </message>
    <message>
      <source>Copied.</source>
      <translation>Kopiert.</translation>
    </message>
    <message>
      <source>Copper</source>
      <translation>Kupfer</translation>
    </message>
    <message>
      <source>Copy</source>
      <translation>Kopieren</translation>
    </message>
    <message>
      <source>Copy from a second photo…</source>
      <translation>Aus einem zweiten Foto …</translation>
    </message>
    <message>
      <source>Copy from the reference photo:</source>
      <translation>Aus dem Vergleichsfoto kopieren:</translation>
    </message>
    <message>
      <source>Copy from the second photo: {parts}</source>
      <translation>Aus dem zweiten Foto kopieren: {parts}</translation>
    </message>
    <message>
      <source>Copy the result</source>
      <translation>Ergebnis kopieren</translation>
    </message>
    <message>
      <source>Coral</source>
      <translation>Koralle</translation>
    </message>
    <message>
      <source>Corners</source>
      <translation>Winkel</translation>
    </message>
    <message>
      <source>Correct the parse</source>
      <translation>Erkennung berichtigen</translation>
    </message>
    <message>
      <source>Correct to “{part}”</source>
      <translation>Zu „{part}“ berichtigen</translation>
    </message>
    <message>
      <source>Dark brown</source>
      <translation>Dunkelbraun</translation>
    </message>
    <message>
      <source>Dark theme</source>
      <translation>Dunkel</translation>
    </message>
    <message>
      <source>Deep</source>
      <translation>Sehr dunkel</translation>
    </message>
    <message>
      <source>Delete</source>
      <translation>Löschen</translation>
    </message>
    <message>
      <source>Delete this preset of your own</source>
      <translation>Diese eigene Vorgabe löschen</translation>
    </message>
    <message>
      <source>Deutsch</source>
      <translation>Deutsch</translation>
    </message>
    <message>
      <source>Difference from the photo</source>
      <translation>Unterschied zum Foto</translation>
    </message>
    <message>
      <source>Discard</source>
      <translation>Verwerfen</translation>
    </message>
    <message>
      <source>Distance</source>
      <translation>Abstand</translation>
    </message>
    <message>
      <source>Do to each photo</source>
      <translation>Mit jedem Foto</translation>
    </message>
    <message>
      <source>Done</source>
      <translation>Fertig</translation>
    </message>
    <message>
      <source>Drag the three handles onto the eyes and the mouth.</source>
      <translation>Ziehen Sie die drei Griffe auf die Augen und den Mund.</translation>
    </message>
    <message>
      <source>Drawing the morph, {percent} %…</source>
      <translation>Der Morph wird gezeichnet, {percent} % …</translation>
    </message>
    <message>
      <source>Drop a folder of portraits here.</source>
      <translation>Einen Ordner mit Porträts hierher ziehen.</translation>
    </message>
    <message>
      <source>Drop a photo on the style panel to morph towards its mask.</source>
      <translation>Ziehen Sie ein Foto auf die Stiltafel, um zu seiner Maske hin zu morphen.</translation>
    </message>
    <message>
      <source>Drop a portrait photo here to edit the face.</source>
      <translation>Ziehen Sie ein Porträtfoto hierher, um das Gesicht zu bearbeiten.</translation>
    </message>
    <message>
      <source>Drop a portrait photo here, or click one of these faces to begin.</source>
      <translation>Ziehen Sie ein Porträtfoto hierher, oder klicken Sie zum Anfangen eines dieser Gesichter an.</translation>
    </message>
    <message>
      <source>Drop a portrait photo, a mask or a project.</source>
      <translation>Ziehen Sie ein Porträtfoto, eine Maske oder ein Projekt hierher.</translation>
    </message>
    <message>
      <source>Drop earrings</source>
      <translation>Ohrhänger</translation>
    </message>
    <message>
      <source>Drop to do the chosen edit to these photos.</source>
      <translation>Loslassen: diese Fotos wie gewählt bearbeiten.</translation>
    </message>
    <message>
      <source>Drop to edit this face instead, or onto the style panel to use its style.</source>
      <translation>Loslassen: stattdessen dieses Gesicht bearbeiten; über der Stiltafel: seinen Stil verwenden.</translation>
    </message>
    <message>
      <source>Drop to edit this face with this mask.</source>
      <translation>Loslassen: dieses Gesicht mit dieser Maske bearbeiten.</translation>
    </message>
    <message>
      <source>Drop to edit this face.</source>
      <translation>Loslassen: dieses Gesicht bearbeiten.</translation>
    </message>
    <message>
      <source>Drop to lay this mask over the photo.</source>
      <translation>Loslassen: diese Maske über das Foto legen.</translation>
    </message>
    <message>
      <source>Drop to open this mask.</source>
      <translation>Loslassen öffnet diese Maske.</translation>
    </message>
    <message>
      <source>Drop to open this project.</source>
      <translation>Loslassen öffnet dieses Projekt.</translation>
    </message>
    <message>
      <source>Drop to render with these weights.</source>
      <translation>Loslassen: mit diesen Gewichten rechnen.</translation>
    </message>
    <message>
      <source>Drop to use this photo's style, or this mask.</source>
      <translation>Loslassen: den Stil dieses Fotos oder diese Maske verwenden.</translation>
    </message>
    <message>
      <source>Duplicate layer</source>
      <translation>Ebene verdoppelt</translation>
    </message>
    <message>
      <source>Duplicate the layer</source>
      <translation>Ebene verdoppeln</translation>
    </message>
    <message>
      <source>Earring</source>
      <translation>Ohrring</translation>
    </message>
    <message>
      <source>Earrings</source>
      <translation>Ohrringe</translation>
    </message>
    <message>
      <source>Ears</source>
      <translation>Ohren</translation>
    </message>
    <message>
      <source>Edit</source>
      <translation>Bearbeiten</translation>
    </message>
    <message>
      <source>Edit another face of the photo too; this one keeps what was done</source>
      <translation>Auch ein anderes Gesicht des Fotos bearbeiten; in diesem bleibt, was getan wurde</translation>
    </message>
    <message>
      <source>Edit face {number}</source>
      <translation>Gesicht {number} bearbeiten</translation>
    </message>
    <message>
      <source>Edit that is done to each photo</source>
      <translation>Bearbeitung, die jedes Foto bekommt</translation>
    </message>
    <message>
      <source>Edit the picture on the clipboard</source>
      <translation>Das Bild in der Zwischenablage bearbeiten</translation>
    </message>
    <message>
      <source>Edit this face</source>
      <translation>Dieses Gesicht bearbeiten</translation>
    </message>
    <message>
      <source>Edit this face too</source>
      <translation>Auch dieses Gesicht bearbeiten</translation>
    </message>
    <message>
      <source>Edits</source>
      <translation>Änderungen</translation>
    </message>
    <message>
      <source>Eight faces that differ a little from this one, to choose from</source>
      <translation>Acht Gesichter zur Auswahl, die von diesem ein wenig abweichen</translation>
    </message>
    <message>
      <source>Ellipse</source>
      <translation>Ellipse</translation>
    </message>
    <message>
      <source>English</source>
      <translation>English</translation>
    </message>
    <message>
      <source>Enter keeps what was begun.</source>
      <translation>Enter behält, was begonnen wurde.</translation>
    </message>
    <message>
      <source>Eraser</source>
      <translation>Radierer</translation>
    </message>
    <message>
      <source>Esc takes back what was begun.</source>
      <translation>Esc nimmt zurück, was begonnen wurde.</translation>
    </message>
    <message>
      <source>Everything can be undone, here or with Ctrl+Z, and the History panel goes to any step. Try it.</source>
      <translation>Alles lässt sich zurücknehmen, hier oder mit Strg+Z, und die Tafel Verlauf geht zu jedem Schritt. Versuchen Sie es.</translation>
    </message>
    <message>
      <source>Export</source>
      <translation>Exportieren</translation>
    </message>
    <message>
      <source>Export mask</source>
      <translation>Maske exportieren</translation>
    </message>
    <message>
      <source>Export mask in colour</source>
      <translation>Maske in Farbe exportieren</translation>
    </message>
    <message>
      <source>Export mask in colour…</source>
      <translation>Maske in Farbe exportieren …</translation>
    </message>
    <message>
      <source>Export mask…</source>
      <translation>Maske exportieren …</translation>
    </message>
    <message>
      <source>Export morph</source>
      <translation>Morph exportieren</translation>
    </message>
    <message>
      <source>Export morph…</source>
      <translation>Morph exportieren …</translation>
    </message>
    <message>
      <source>Export network output</source>
      <translation>Netzausgabe exportieren</translation>
    </message>
    <message>
      <source>Export network output…</source>
      <translation>Netzausgabe exportieren …</translation>
    </message>
    <message>
      <source>Export one mask per part</source>
      <translation>Eine Maske je Teil exportieren</translation>
    </message>
    <message>
      <source>Export one mask per part…</source>
      <translation>Eine Maske je Teil exportieren …</translation>
    </message>
    <message>
      <source>Export side by side</source>
      <translation>Nebeneinander exportieren</translation>
    </message>
    <message>
      <source>Export side by side…</source>
      <translation>Nebeneinander exportieren …</translation>
    </message>
    <message>
      <source>Export…</source>
      <translation>Exportieren …</translation>
    </message>
    <message>
      <source>Expression: {look}</source>
      <translation>Ausdruck: {look}</translation>
    </message>
    <message>
      <source>Expressions</source>
      <translation>Ausdruck</translation>
    </message>
    <message>
      <source>Eyeglasses</source>
      <translation>Brille</translation>
    </message>
    <message>
      <source>Eyes</source>
      <translation>Augen</translation>
    </message>
    <message>
      <source>Eyes shut</source>
      <translation>Augen zu</translation>
    </message>
    <message>
      <source>Face</source>
      <translation>Gesicht</translation>
    </message>
    <message>
      <source>File</source>
      <translation>Datei</translation>
    </message>
    <message>
      <source>Fill</source>
      <translation>Füllen</translation>
    </message>
    <message>
      <source>Fill holes</source>
      <translation>Löcher füllen</translation>
    </message>
    <message>
      <source>Fill only the area under the pointer</source>
      <translation>Nur die Fläche unter dem Zeiger füllen</translation>
    </message>
    <message>
      <source>Fill outlines</source>
      <translation>Umrisse füllen</translation>
    </message>
    <message>
      <source>Find a command…</source>
      <translation>Befehl suchen …</translation>
    </message>
    <message>
      <source>Find a part</source>
      <translation>Teil suchen</translation>
    </message>
    <message>
      <source>Find an action or a key</source>
      <translation>Befehl oder Taste suchen</translation>
    </message>
    <message>
      <source>Fit</source>
      <translation>Einpassen</translation>
    </message>
    <message>
      <source>Fit longer</source>
      <translation>Länger anpassen</translation>
    </message>
    <message>
      <source>Fit to photo</source>
      <translation>An Foto anpassen</translation>
    </message>
    <message>
      <source>Fitted to the photo</source>
      <translation>An das Foto angepasst</translation>
    </message>
    <message>
      <source>Fitting…</source>
      <translation>Wird angepasst …</translation>
    </message>
    <message>
      <source>Folder of a set of weights</source>
      <translation>Ordner mit einem Satz Gewichte</translation>
    </message>
    <message>
      <source>Folder of photos</source>
      <translation>Ordner mit Fotos</translation>
    </message>
    <message>
      <source>Folder of photos…</source>
      <translation>Ordner mit Fotos …</translation>
    </message>
    <message>
      <source>Folders</source>
      <translation>Ordner</translation>
    </message>
    <message>
      <source>Following the edges in the photo…</source>
      <translation>Die Kanten im Foto werden gesucht …</translation>
    </message>
    <message>
      <source>For a message, small</source>
      <translation>Für eine Nachricht, klein</translation>
    </message>
    <message>
      <source>For parts alone…</source>
      <translation>Nur für Teile …</translation>
    </message>
    <message>
      <source>For printing and further work</source>
      <translation>Zum Drucken und Weiterarbeiten</translation>
    </message>
    <message>
      <source>For the web</source>
      <translation>Fürs Netz</translation>
    </message>
    <message>
      <source>Forehead</source>
      <translation>Stirn</translation>
    </message>
    <message>
      <source>Format</source>
      <translation>Format</translation>
    </message>
    <message>
      <source>Freeze</source>
      <translation>Einfrieren</translation>
    </message>
    <message>
      <source>From the photo</source>
      <translation>Aus dem Foto</translation>
    </message>
    <message>
      <source>From the photo to its edit and back, as an animated GIF, MP4 or WebP</source>
      <translation>Vom Foto zu seiner Bearbeitung und zurück, als animiertes GIF, MP4 oder WebP</translation>
    </message>
    <message>
      <source>Full screen</source>
      <translation>Vollbild</translation>
    </message>
    <message>
      <source>GIF: plays everywhere, 256 colours</source>
      <translation>GIF: läuft überall, 256 Farben</translation>
    </message>
    <message>
      <source>Gallery</source>
      <translation>Galerie</translation>
    </message>
    <message>
      <source>Gaze</source>
      <translation>Blick</translation>
    </message>
    <message>
      <source>Give the part its own colour back</source>
      <translation>Dem Teil seine eigene Farbe zurückgeben</translation>
    </message>
    <message>
      <source>Give the present state a name, to go back to it</source>
      <translation>Dem jetzigen Stand einen Namen geben, um zu ihm zurückzukehren</translation>
    </message>
    <message>
      <source>Gives</source>
      <translation>Ergibt</translation>
    </message>
    <message>
      <source>Go back to the part before</source>
      <translation>Zurück zum Teil davor</translation>
    </message>
    <message>
      <source>Go on</source>
      <translation>Weiterbearbeiten</translation>
    </message>
    <message>
      <source>Go on with this face</source>
      <translation>Mit diesem Gesicht weitermachen</translation>
    </message>
    <message>
      <source>Go to the batch panel</source>
      <translation>Zur Stapel-Tafel</translation>
    </message>
    <message>
      <source>Go to the colour panel</source>
      <translation>Zur Tafel Farbe</translation>
    </message>
    <message>
      <source>Go to the face panel</source>
      <translation>Zur Tafel Gesicht</translation>
    </message>
    <message>
      <source>Go to the gallery panel</source>
      <translation>Zur Tafel Galerie</translation>
    </message>
    <message>
      <source>Go to the history panel</source>
      <translation>Zur Tafel Verlauf</translation>
    </message>
    <message>
      <source>Go to the layers panel</source>
      <translation>Zur Tafel Ebenen</translation>
    </message>
    <message>
      <source>Go to the menus</source>
      <translation>Zu den Menüs</translation>
    </message>
    <message>
      <source>Go to the morph panel</source>
      <translation>Zur Tafel Morphen</translation>
    </message>
    <message>
      <source>Go to the parts panel</source>
      <translation>Zur Tafel Teile</translation>
    </message>
    <message>
      <source>Go to the style panel</source>
      <translation>Zur Tafel Stil</translation>
    </message>
    <message>
      <source>Golden blond</source>
      <translation>Goldblond</translation>
    </message>
    <message>
      <source>Green</source>
      <translation>Grün</translation>
    </message>
    <message>
      <source>Grey</source>
      <translation>Grau</translation>
    </message>
    <message>
      <source>Grow</source>
      <translation>Gewachsen</translation>
    </message>
    <message>
      <source>Grow the part</source>
      <translation>Teil wachsen lassen</translation>
    </message>
    <message>
      <source>Hair</source>
      <translation>Haar</translation>
    </message>
    <message>
      <source>Hair ends at the edge of the edited frame; a wider frame lets you edit all of it.</source>
      <translation>Haare enden am Rand des bearbeiteten Ausschnitts; in einem weiteren Ausschnitt lassen sie sich ganz bearbeiten.</translation>
    </message>
    <message>
      <source>Hairline</source>
      <translation>Haaransatz</translation>
    </message>
    <message>
      <source>Hat</source>
      <translation>Hut</translation>
    </message>
    <message>
      <source>Hatch what was found in the photo without much certainty; a right click there corrects it</source>
      <translation>Schraffiert, was im Foto ohne große Sicherheit gefunden wurde; ein Rechtsklick dort berichtigt es</translation>
    </message>
    <message>
      <source>Hazel</source>
      <translation>Haselnuss</translation>
    </message>
    <message>
      <source>Height</source>
      <translation>Höhe</translation>
    </message>
    <message>
      <source>Help</source>
      <translation>Hilfe</translation>
    </message>
    <message>
      <source>Hidden layers cannot be merged; show both layers first.</source>
      <translation>Verborgene Ebenen lassen sich nicht vereinen; zeigen Sie erst beide Ebenen.</translation>
    </message>
    <message>
      <source>Hide layer</source>
      <translation>Ebene verborgen</translation>
    </message>
    <message>
      <source>Hide panels and toolbars, or bring them back</source>
      <translation>Bedienfelder und Leisten ausblenden oder zurückholen</translation>
    </message>
    <message>
      <source>History</source>
      <translation>Verlauf</translation>
    </message>
    <message>
      <source>Hoop earrings</source>
      <translation>Creolen</translation>
    </message>
    <message>
      <source>How far</source>
      <translation>Wie weit</translation>
    </message>
    <message>
      <source>How far from this face</source>
      <translation>Wie weit weg von diesem Gesicht</translation>
    </message>
    <message>
      <source>How much of this layer's edit is done: at 50 %, outlines go half of the way</source>
      <translation>Wie viel von der Bearbeitung dieser Ebene ausgeführt wird: Bei 50 % gehen Umrisse den halben Weg</translation>
    </message>
    <message>
      <source>Hue</source>
      <translation>Farbton</translation>
    </message>
    <message>
      <source>Images from photo to edit</source>
      <translation>Bilder vom Foto zur Bearbeitung</translation>
    </message>
    <message>
      <source>Instead of the edit in the photo</source>
      <translation>Statt der Bearbeitung im Foto</translation>
    </message>
    <message>
      <source>Iris</source>
      <translation>Iris</translation>
    </message>
    <message>
      <source>It is doubtful whether the face in “{name}” was found.</source>
      <translation>Es ist zweifelhaft, ob das Gesicht in „{name}“ gefunden wurde.</translation>
    </message>
    <message>
      <source>It is doubtful whether the face in “{name}” was found; place it by hand if not.</source>
      <translation>Es ist zweifelhaft, ob das Gesicht in „{name}“ gefunden wurde; setzen Sie es sonst von Hand.</translation>
    </message>
    <message>
      <source>Jaw</source>
      <translation>Kiefer</translation>
    </message>
    <message>
      <source>Keep a painted mouth, or all that is painted, for any face</source>
      <translation>Einen gemalten Mund oder alles Gemalte für jedes Gesicht aufheben</translation>
    </message>
    <message>
      <source>Keep date, camera, place and other metadata</source>
      <translation>Datum, Kamera, Ort und andere Metadaten behalten</translation>
    </message>
    <message>
      <source>Keep the history in projects</source>
      <translation>Verlauf in Projekten behalten</translation>
    </message>
    <message>
      <source>Keep this state</source>
      <translation>Stand merken</translation>
    </message>
    <message>
      <source>Keep this state…</source>
      <translation>Stand merken …</translation>
    </message>
    <message>
      <source>Keep what is chosen below as a preset of your own</source>
      <translation>Was unten gewählt ist, als eigene Vorgabe behalten</translation>
    </message>
    <message>
      <source>Keep what the sliders did, and start again from the face that there is now</source>
      <translation>Behalten, was die Regler bewirkt haben, und vom jetzigen Gesicht aus von vorn beginnen</translation>
    </message>
    <message>
      <source>Keep what the sliders say, for any face</source>
      <translation>Die Stellung der Regler aufheben, für jedes Gesicht</translation>
    </message>
    <message>
      <source>Keep what was begun, as Return does</source>
      <translation>Behalten, was begonnen ist, wie mit der Eingabetaste</translation>
    </message>
    <message>
      <source>Keep your work on “{name}” as a project?</source>
      <translation>Ihre Arbeit an „{name}“ als Projekt behalten?</translation>
    </message>
    <message>
      <source>Kept states</source>
      <translation>Gemerkte Stände</translation>
    </message>
    <message>
      <source>Key</source>
      <translation>Taste</translation>
    </message>
    <message>
      <source>Key for {action}</source>
      <translation>Taste für {action}</translation>
    </message>
    <message>
      <source>Keyboard shortcuts</source>
      <translation>Tastenkürzel</translation>
    </message>
    <message>
      <source>Keyboard shortcuts…</source>
      <translation>Tastenkürzel …</translation>
    </message>
    <message>
      <source>Language</source>
      <translation>Sprache</translation>
    </message>
    <message>
      <source>Language of the system</source>
      <translation>Sprache des Systems</translation>
    </message>
    <message>
      <source>Large sunglasses</source>
      <translation>Große Sonnenbrille</translation>
    </message>
    <message>
      <source>Larger brush</source>
      <translation>Größerer Pinsel</translation>
    </message>
    <message>
      <source>Lasso</source>
      <translation>Lasso</translation>
    </message>
    <message>
      <source>Laugh</source>
      <translation>Lachen</translation>
    </message>
    <message>
      <source>Layer</source>
      <translation>Ebene</translation>
    </message>
    <message>
      <source>Layer {number}</source>
      <translation>Ebene {number}</translation>
    </message>
    <message>
      <source>Layers</source>
      <translation>Ebenen</translation>
    </message>
    <message>
      <source>Leave it there</source>
      <translation>Dort lassen</translation>
    </message>
    <message>
      <source>Leave out</source>
      <translation>Auslassen</translation>
    </message>
    <message>
      <source>Leave the photo where it is</source>
      <translation>Foto liegen lassen</translation>
    </message>
    <message>
      <source>Left and right together</source>
      <translation>Links und rechts gemeinsam</translation>
    </message>
    <message>
      <source>Left brow</source>
      <translation>Linke Braue</translation>
    </message>
    <message>
      <source>Left ear</source>
      <translation>Linkes Ohr</translation>
    </message>
    <message>
      <source>Left eye</source>
      <translation>Linkes Auge</translation>
    </message>
    <message>
      <source>Left or right</source>
      <translation>Links oder rechts</translation>
    </message>
    <message>
      <source>Length</source>
      <translation>Länge</translation>
    </message>
    <message>
      <source>Length, there and back</source>
      <translation>Dauer, hin und zurück</translation>
    </message>
    <message>
      <source>Let single parts take this photo's style</source>
      <translation>Einzelne Teile den Stil dieses Fotos annehmen lassen</translation>
    </message>
    <message>
      <source>Let the network learn how this photo looks</source>
      <translation>Das Netz lernen lassen, wie dieses Foto aussieht</translation>
    </message>
    <message>
      <source>Let the network learn how this photo looks; at most a minute</source>
      <translation>Das Netz lernen lassen, wie dieses Foto aussieht; höchstens eine Minute</translation>
    </message>
    <message>
      <source>Let the tools change again what was frozen</source>
      <translation>Die Werkzeuge wieder ändern lassen, was eingefroren war</translation>
    </message>
    <message>
      <source>Licence of the program</source>
      <translation>Lizenz des Programms</translation>
    </message>
    <message>
      <source>Licence, terms of the weights, versions, folder of the log</source>
      <translation>Lizenz, Bedingungen der Gewichte, Versionen, Ordner des Protokolls</translation>
    </message>
    <message>
      <source>Light</source>
      <translation>Hell</translation>
    </message>
    <message>
      <source>Light blond</source>
      <translation>Hellblond</translation>
    </message>
    <message>
      <source>Light blue</source>
      <translation>Hellblau</translation>
    </message>
    <message>
      <source>Light theme</source>
      <translation>Hell</translation>
    </message>
    <message>
      <source>Lightness</source>
      <translation>Helligkeit</translation>
    </message>
    <message>
      <source>Lips</source>
      <translation>Lippen</translation>
    </message>
    <message>
      <source>Load a preset</source>
      <translation>Vorgabe laden</translation>
    </message>
    <message>
      <source>Load…</source>
      <translation>Laden …</translation>
    </message>
    <message>
      <source>Lock layer</source>
      <translation>Ebene sperren</translation>
    </message>
    <message>
      <source>Log: {folder}</source>
      <translation>Protokoll: {folder}</translation>
    </message>
    <message>
      <source>Long hair</source>
      <translation>Langes Haar</translation>
    </message>
    <message>
      <source>Longest side</source>
      <translation>Längste Seite</translation>
    </message>
    <message>
      <source>Look at the face as in a mirror; nothing is changed</source>
      <translation>Das Gesicht wie im Spiegel sehen; nichts wird geändert</translation>
    </message>
    <message>
      <source>Looking for the face in “{name}”…</source>
      <translation>Suche das Gesicht in „{name}“ …</translation>
    </message>
    <message>
      <source>Lower lip</source>
      <translation>Unterlippe</translation>
    </message>
    <message>
      <source>Lower the layer</source>
      <translation>Ebene senken</translation>
    </message>
    <message>
      <source>MIT licence: use, change and pass it on, with its notice.</source>
      <translation>MIT-Lizenz: benutzen, ändern und weitergeben, mit ihrem Hinweis.</translation>
    </message>
    <message>
      <source>MP4: a video</source>
      <translation>MP4: ein Video</translation>
    </message>
    <message>
      <source>Main toolbar</source>
      <translation>Hauptleiste</translation>
    </message>
    <message>
      <source>Make it natural</source>
      <translation>Natürlicher</translation>
    </message>
    <message>
      <source>Make it natural, variations…</source>
      <translation>Natürlicher, Varianten …</translation>
    </message>
    <message>
      <source>Make it “{part}”</source>
      <translation>Zu „{part}“ machen</translation>
    </message>
    <message>
      <source>Make them background</source>
      <translation>Zu Hintergrund machen</translation>
    </message>
    <message>
      <source>Make this area</source>
      <translation>Diesen Bereich machen zu</translation>
    </message>
    <message>
      <source>Mark exports as AI-edited</source>
      <translation>Exporte als KI-bearbeitet kennzeichnen</translation>
    </message>
    <message>
      <source>Mark what does not belong, as Shift does</source>
      <translation>Markieren, was nicht dazugehört, wie mit Umschalt</translation>
    </message>
    <message>
      <source>Mask and result at a slider</source>
      <translation>Maske und Ergebnis am Schieber</translation>
    </message>
    <message>
      <source>Mask and result side by side</source>
      <translation>Maske und Ergebnis nebeneinander</translation>
    </message>
    <message>
      <source>Mask of the reference</source>
      <translation>Maske des Vergleichsfotos</translation>
    </message>
    <message>
      <source>Mask over the result</source>
      <translation>Maske über dem Ergebnis</translation>
    </message>
    <message>
      <source>Medium</source>
      <translation>Mittel</translation>
    </message>
    <message>
      <source>Menu</source>
      <translation>Menü</translation>
    </message>
    <message>
      <source>Merge down</source>
      <translation>Nach unten vereinen</translation>
    </message>
    <message>
      <source>Mirror at the axis</source>
      <translation>An der Achse spiegeln</translation>
    </message>
    <message>
      <source>Mirror the view</source>
      <translation>Ansicht spiegeln</translation>
    </message>
    <message>
      <source>Mix of the two styles</source>
      <translation>Mischung der beiden Stile</translation>
    </message>
    <message>
      <source>More</source>
      <translation>Mehr</translation>
    </message>
    <message>
      <source>Morph</source>
      <translation>Morphen</translation>
    </message>
    <message>
      <source>Morph towards the reference's mask</source>
      <translation>Zur Maske des Vergleichsfotos hin morphen</translation>
    </message>
    <message>
      <source>Mouth</source>
      <translation>Mund</translation>
    </message>
    <message>
      <source>Mouth (inside)</source>
      <translation>Mund (innen)</translation>
    </message>
    <message>
      <source>Mouth, eyes, hair: in the gallery</source>
      <translation>Mund, Augen, Haare: in der Galerie</translation>
    </message>
    <message>
      <source>My preset</source>
      <translation>Meine Vorgabe</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Name</translation>
    </message>
    <message>
      <source>Name of the layer</source>
      <translation>Name der Ebene</translation>
    </message>
    <message>
      <source>Named as in CelebAMask-HQ</source>
      <translation>Benannt wie in CelebAMask-HQ</translation>
    </message>
    <message>
      <source>Neck</source>
      <translation>Hals</translation>
    </message>
    <message>
      <source>Necklace</source>
      <translation>Halskette</translation>
    </message>
    <message>
      <source>Neither turned nor mirrored</source>
      <translation>Weder gedreht noch gespiegelt</translation>
    </message>
    <message>
      <source>Neutral</source>
      <translation>Neutral</translation>
    </message>
    <message>
      <source>Never paint over this part</source>
      <translation>Diesen Teil nie übermalen</translation>
    </message>
    <message>
      <source>Never paint over {part}</source>
      <translation>Nie übermalen: {part}</translation>
    </message>
    <message>
      <source>Next</source>
      <translation>Weiter</translation>
    </message>
    <message>
      <source>Next face</source>
      <translation>Nächstes Gesicht</translation>
    </message>
    <message>
      <source>No command has these letters.</source>
      <translation>Kein Befehl hat diese Buchstaben.</translation>
    </message>
    <message>
      <source>No face was found in this photo: use one that shows a face from the front, or one that is already aligned like CelebA-HQ{option}.</source>
      <translation>In diesem Foto wurde kein Gesicht gefunden: Nehmen Sie eines, das ein Gesicht von vorn zeigt, oder eines, das schon wie CelebA-HQ ausgerichtet ist{option}.</translation>
    </message>
    <message>
      <source>No face was found in “{name}”; choose another photo.</source>
      <translation>In „{name}“ wurde kein Gesicht gefunden; wählen Sie ein anderes Foto.</translation>
    </message>
    <message>
      <source>No face was found in “{name}”; show where it is, or choose another photo.</source>
      <translation>In „{name}“ wurde kein Gesicht gefunden; zeigen Sie, wo es ist, oder wählen Sie ein anderes Foto.</translation>
    </message>
    <message>
      <source>Nose</source>
      <translation>Nase</translation>
    </message>
    <message>
      <source>Nothing is painted in this project, so there is nothing to carry over; paint its mask first.</source>
      <translation>In diesem Projekt ist nichts gemalt, also gibt es nichts zu übertragen; bemalen Sie erst seine Maske.</translation>
    </message>
    <message>
      <source>Nothing of that is painted, so there is nothing to save; paint it first.</source>
      <translation>Davon ist nichts gemalt, also gibt es nichts zu speichern; malen Sie es zuerst.</translation>
    </message>
    <message>
      <source>Nothing opened yet</source>
      <translation>Noch nichts geöffnet</translation>
    </message>
    <message>
      <source>Nude</source>
      <translation>Natur</translation>
    </message>
    <message>
      <source>Ochre</source>
      <translation>Ocker</translation>
    </message>
    <message>
      <source>Olive</source>
      <translation>Oliv</translation>
    </message>
    <message>
      <source>One file is edited at a time: “{name}” was opened, {count} more were not.</source>
      <translation>Es wird eine Datei auf einmal bearbeitet: „{name}“ wurde geöffnet, {count} weitere nicht.</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>Öffnen</translation>
    </message>
    <message>
      <source>Open a photo</source>
      <translation>Foto öffnen</translation>
    </message>
    <message>
      <source>Open a photo, a mask or a project</source>
      <translation>Ein Foto, eine Maske oder ein Projekt öffnen</translation>
    </message>
    <message>
      <source>Open as it is</source>
      <translation>So öffnen, wie sie ist</translation>
    </message>
    <message>
      <source>Open recent</source>
      <translation>Zuletzt geöffnet</translation>
    </message>
    <message>
      <source>Open the log folder</source>
      <translation>Ordner des Protokolls öffnen</translation>
    </message>
    <message>
      <source>Open “{name}”</source>
      <translation>„{name}“ öffnen</translation>
    </message>
    <message>
      <source>Opened</source>
      <translation>Geöffnet</translation>
    </message>
    <message>
      <source>Opening “{name}”…</source>
      <translation>„{name}“ wird geöffnet …</translation>
    </message>
    <message>
      <source>Open…</source>
      <translation>Öffnen …</translation>
    </message>
    <message>
      <source>Other colour…</source>
      <translation>Andere Farbe …</translation>
    </message>
    <message>
      <source>Own colour</source>
      <translation>Eigene Farbe</translation>
    </message>
    <message>
      <source>Paint a portrait's mask and watch a network re-render the face.</source>
      <translation>Malen Sie die Maske eines Porträts, und ein Netz zeichnet das Gesicht dazu neu.</translation>
    </message>
    <message>
      <source>Paint background</source>
      <translation>Hintergrund malen</translation>
    </message>
    <message>
      <source>Paint clothes</source>
      <translation>Kleidung malen</translation>
    </message>
    <message>
      <source>Paint earring</source>
      <translation>Ohrring malen</translation>
    </message>
    <message>
      <source>Paint eyeglasses</source>
      <translation>Brille malen</translation>
    </message>
    <message>
      <source>Paint hair</source>
      <translation>Haar malen</translation>
    </message>
    <message>
      <source>Paint hat</source>
      <translation>Hut malen</translation>
    </message>
    <message>
      <source>Paint here: the mask is the colour over the photo, and the other picture follows. Try a stroke over the hair.</source>
      <translation>Malen Sie hier: Die Maske ist die Farbe über dem Foto, und das andere Bild folgt. Versuchen Sie einen Strich über das Haar.</translation>
    </message>
    <message>
      <source>Paint left brow</source>
      <translation>Linke Braue malen</translation>
    </message>
    <message>
      <source>Paint left ear</source>
      <translation>Linkes Ohr malen</translation>
    </message>
    <message>
      <source>Paint left eye</source>
      <translation>Linkes Auge malen</translation>
    </message>
    <message>
      <source>Paint lower lip</source>
      <translation>Unterlippe malen</translation>
    </message>
    <message>
      <source>Paint mouth (inside)</source>
      <translation>Mund (innen) malen</translation>
    </message>
    <message>
      <source>Paint neck</source>
      <translation>Hals malen</translation>
    </message>
    <message>
      <source>Paint necklace</source>
      <translation>Halskette malen</translation>
    </message>
    <message>
      <source>Paint nose</source>
      <translation>Nase malen</translation>
    </message>
    <message>
      <source>Paint only over</source>
      <translation>Nur malen über</translation>
    </message>
    <message>
      <source>Paint right brow</source>
      <translation>Rechte Braue malen</translation>
    </message>
    <message>
      <source>Paint right ear</source>
      <translation>Rechtes Ohr malen</translation>
    </message>
    <message>
      <source>Paint right eye</source>
      <translation>Rechtes Auge malen</translation>
    </message>
    <message>
      <source>Paint skin</source>
      <translation>Haut malen</translation>
    </message>
    <message>
      <source>Paint symmetrically</source>
      <translation>Symmetrisch malen</translation>
    </message>
    <message>
      <source>Paint upper lip</source>
      <translation>Oberlippe malen</translation>
    </message>
    <message>
      <source>Paint with “{part}”</source>
      <translation>Mit „{part}“ malen</translation>
    </message>
    <message>
      <source>Panels</source>
      <translation>Tafeln</translation>
    </message>
    <message>
      <source>Part whose colour changes</source>
      <translation>Teil, dessen Farbe sich ändert</translation>
    </message>
    <message>
      <source>Parts</source>
      <translation>Teile</translation>
    </message>
    <message>
      <source>Paste a photo</source>
      <translation>Foto einfügen</translation>
    </message>
    <message>
      <source>Pause live rendering</source>
      <translation>Live-Rechnen anhalten</translation>
    </message>
    <message>
      <source>Pen width</source>
      <translation>Stiftbreite</translation>
    </message>
    <message>
      <source>Photo and mask</source>
      <translation>Foto und Maske</translation>
    </message>
    <message>
      <source>Photo that is being opened</source>
      <translation>Foto, das gerade geöffnet wird</translation>
    </message>
    <message>
      <source>Photo with handles for eyes and mouth</source>
      <translation>Foto mit Griffen für Augen und Mund</translation>
    </message>
    <message>
      <source>Photo with its mask, and the result beside it</source>
      <translation>Foto mit seiner Maske, daneben das Ergebnis</translation>
    </message>
    <message>
      <source>Photo, mask and edit in one picture</source>
      <translation>Foto, Maske und Bearbeitung in einem Bild</translation>
    </message>
    <message>
      <source>Photos that failed</source>
      <translation>Fotos, bei denen es nicht ging</translation>
    </message>
    <message>
      <source>Photos, masks and projects</source>
      <translation>Fotos, Masken und Projekte</translation>
    </message>
    <message>
      <source>Picker</source>
      <translation>Pipette</translation>
    </message>
    <message>
      <source>Pink</source>
      <translation>Pink</translation>
    </message>
    <message>
      <source>Place the face by hand</source>
      <translation>Gesicht von Hand einpassen</translation>
    </message>
    <message>
      <source>Place the face by hand…</source>
      <translation>Gesicht von Hand einpassen …</translation>
    </message>
    <message>
      <source>Plum</source>
      <translation>Pflaume</translation>
    </message>
    <message>
      <source>Polygon</source>
      <translation>Vieleck</translation>
    </message>
    <message>
      <source>Porcelain</source>
      <translation>Porzellan</translation>
    </message>
    <message>
      <source>Position</source>
      <translation>Lage</translation>
    </message>
    <message>
      <source>Preset</source>
      <translation>Vorgabe</translation>
    </message>
    <message>
      <source>Preset {number}</source>
      <translation>Vorgabe {number}</translation>
    </message>
    <message>
      <source>Presets</source>
      <translation>Vorgaben</translation>
    </message>
    <message>
      <source>Progress of the batch</source>
      <translation>Fortschritt des Stapels</translation>
    </message>
    <message>
      <source>Progress of the fit</source>
      <translation>Fortschritt der Anpassung</translation>
    </message>
    <message>
      <source>Put on: {item}</source>
      <translation>Aufsetzen: {item}</translation>
    </message>
    <message>
      <source>Quality</source>
      <translation>Qualität</translation>
    </message>
    <message>
      <source>Quit</source>
      <translation>Beenden</translation>
    </message>
    <message>
      <source>Raise the layer</source>
      <translation>Ebene heben</translation>
    </message>
    <message>
      <source>Recover</source>
      <translation>Wiederherstellen</translation>
    </message>
    <message>
      <source>Rectangle</source>
      <translation>Rechteck</translation>
    </message>
    <message>
      <source>Red</source>
      <translation>Rot</translation>
    </message>
    <message>
      <source>Redo</source>
      <translation>Wiederholen</translation>
    </message>
    <message>
      <source>Remove</source>
      <translation>Entfernen</translation>
    </message>
    <message>
      <source>Remove layer</source>
      <translation>Ebene entfernt</translation>
    </message>
    <message>
      <source>Remove specks and pinholes at once</source>
      <translation>Krümel und Löcher auf einmal entfernen</translation>
    </message>
    <message>
      <source>Remove the layer</source>
      <translation>Ebene entfernen</translation>
    </message>
    <message>
      <source>Remove the part</source>
      <translation>Teil entfernen</translation>
    </message>
    <message>
      <source>Remove this preset</source>
      <translation>Diese Vorlage entfernen</translation>
    </message>
    <message>
      <source>Remove {part}</source>
      <translation>{part} entfernen</translation>
    </message>
    <message>
      <source>Rename</source>
      <translation>Umbenennen</translation>
    </message>
    <message>
      <source>Rename layer</source>
      <translation>Ebene umbenannt</translation>
    </message>
    <message>
      <source>Render</source>
      <translation>Rechnen</translation>
    </message>
    <message>
      <source>Render now</source>
      <translation>Jetzt rechnen</translation>
    </message>
    <message>
      <source>Render only on F5</source>
      <translation>Nur bei F5 rechnen</translation>
    </message>
    <message>
      <source>Render the present mask at full size</source>
      <translation>Die jetzige Maske in voller Größe rechnen</translation>
    </message>
    <message>
      <source>Render with a set of weights that `maskgan-studio train` or `weights import` has made</source>
      <translation>Mit einem Satz Gewichte rechnen, den `maskgan-studio train` oder `weights import` gemacht hat</translation>
    </message>
    <message>
      <source>Reorder layers</source>
      <translation>Ebenen umgeordnet</translation>
    </message>
    <message>
      <source>Repair</source>
      <translation>Behoben</translation>
    </message>
    <message>
      <source>Repair islands and holes</source>
      <translation>Inseln und Löcher beheben</translation>
    </message>
    <message>
      <source>Reset all</source>
      <translation>Alle auf 0</translation>
    </message>
    <message>
      <source>Reset the face</source>
      <translation>Gesicht zurücksetzen</translation>
    </message>
    <message>
      <source>Restore</source>
      <translation>Zurücksetzen</translation>
    </message>
    <message>
      <source>Restore all keys</source>
      <translation>Alle Tasten zurücksetzen</translation>
    </message>
    <message>
      <source>Result</source>
      <translation>Ergebnis</translation>
    </message>
    <message>
      <source>Return keeps what was begun.</source>
      <translation>Die Eingabetaste behält, was begonnen wurde.</translation>
    </message>
    <message>
      <source>Right brow</source>
      <translation>Rechte Braue</translation>
    </message>
    <message>
      <source>Right ear</source>
      <translation>Rechtes Ohr</translation>
    </message>
    <message>
      <source>Right eye</source>
      <translation>Rechtes Auge</translation>
    </message>
    <message>
      <source>Rose</source>
      <translation>Rosé</translation>
    </message>
    <message>
      <source>Round glasses</source>
      <translation>Runde Brille</translation>
    </message>
    <message>
      <source>Round off its outline</source>
      <translation>Seinen Umriss runden</translation>
    </message>
    <message>
      <source>Sample portrait {number}</source>
      <translation>Beispielporträt {number}</translation>
    </message>
    <message>
      <source>Saturation</source>
      <translation>Sättigung</translation>
    </message>
    <message>
      <source>Save and load own expressions</source>
      <translation>Eigene Ausdrücke speichern und laden</translation>
    </message>
    <message>
      <source>Save as a preset</source>
      <translation>Als Vorgabe speichern</translation>
    </message>
    <message>
      <source>Save as a preset…</source>
      <translation>Als Vorgabe speichern …</translation>
    </message>
    <message>
      <source>Save everything as an OpenRaster project</source>
      <translation>Alles als OpenRaster-Projekt speichern</translation>
    </message>
    <message>
      <source>Save over it</source>
      <translation>Überschreiben</translation>
    </message>
    <message>
      <source>Save project</source>
      <translation>Projekt speichern</translation>
    </message>
    <message>
      <source>Save project as…</source>
      <translation>Projekt speichern unter …</translation>
    </message>
    <message>
      <source>Save the changes to the project “{name}”?</source>
      <translation>Die Änderungen im Projekt „{name}“ speichern?</translation>
    </message>
    <message>
      <source>Save them in the project</source>
      <translation>Im Projekt mitspeichern</translation>
    </message>
    <message>
      <source>Save under another name</source>
      <translation>Unter anderem Namen speichern</translation>
    </message>
    <message>
      <source>Save what is painted…</source>
      <translation>Gemaltes speichern …</translation>
    </message>
    <message>
      <source>Saved “{name}”.</source>
      <translation>„{name}“ gespeichert.</translation>
    </message>
    <message>
      <source>Save…</source>
      <translation>Speichern …</translation>
    </message>
    <message>
      <source>Saving “{name}”…</source>
      <translation>„{name}“ wird gespeichert …</translation>
    </message>
    <message>
      <source>Say in the file that a model took part</source>
      <translation>In der Datei sagen, dass ein Modell mitgewirkt hat</translation>
    </message>
    <message>
      <source>Say in the file that a trained model made parts of it (IPTC digital source type)</source>
      <translation>In der Datei sagen, dass ein trainiertes Modell Teile davon gemacht hat (IPTC Digital Source Type)</translation>
    </message>
    <message>
      <source>Second photo's style removed</source>
      <translation>Stil des zweiten Fotos entfernt</translation>
    </message>
    <message>
      <source>Select in the photo</source>
      <translation>Im Foto auswählen</translation>
    </message>
    <message>
      <source>Selection in the photo</source>
      <translation>Auswahl im Foto</translation>
    </message>
    <message>
      <source>Serious</source>
      <translation>Ernst</translation>
    </message>
    <message>
      <source>Set the sliders of a preset's file</source>
      <translation>Die Regler nach der Datei einer Vorgabe stellen</translation>
    </message>
    <message>
      <source>Settings: {folder}</source>
      <translation>Einstellungen: {folder}</translation>
    </message>
    <message>
      <source>Short hair</source>
      <translation>Kurzes Haar</translation>
    </message>
    <message>
      <source>Show all faces</source>
      <translation>Alle Gesichter zeigen</translation>
    </message>
    <message>
      <source>Show all parts</source>
      <translation>Alle Teile zeigen</translation>
    </message>
    <message>
      <source>Show doubtful places</source>
      <translation>Zweifelhafte Stellen zeigen</translation>
    </message>
    <message>
      <source>Show layer</source>
      <translation>Ebene zeigen</translation>
    </message>
    <message>
      <source>Show more of the photo under the mask; outlines stay</source>
      <translation>Mehr vom Foto unter der Maske zeigen; Umrisse bleiben</translation>
    </message>
    <message>
      <source>Show or hide</source>
      <translation>Zeigen oder verbergen</translation>
    </message>
    <message>
      <source>Show or hide the mask</source>
      <translation>Maske zeigen oder verbergen</translation>
    </message>
    <message>
      <source>Show the bare network output</source>
      <translation>Bloße Netzausgabe zeigen</translation>
    </message>
    <message>
      <source>Show the log</source>
      <translation>Protokoll zeigen</translation>
    </message>
    <message>
      <source>Show the mask</source>
      <translation>Maske zeigen</translation>
    </message>
    <message>
      <source>Show the photo's own pixels, one to one</source>
      <translation>Die Pixel des Fotos selbst zeigen, eins zu eins</translation>
    </message>
    <message>
      <source>Show the results</source>
      <translation>Ergebnisse zeigen</translation>
    </message>
    <message>
      <source>Show the tour</source>
      <translation>Rundgang zeigen</translation>
    </message>
    <message>
      <source>Show the whole face</source>
      <translation>Das ganze Gesicht zeigen</translation>
    </message>
    <message>
      <source>Show this part alone</source>
      <translation>Nur diesen Teil zeigen</translation>
    </message>
    <message>
      <source>Show where eyes and mouth are</source>
      <translation>Zeigen, wo Augen und Mund sind</translation>
    </message>
    <message>
      <source>Show {part}</source>
      <translation>{part} zeigen</translation>
    </message>
    <message>
      <source>Shows</source>
      <translation>Zeigt</translation>
    </message>
    <message>
      <source>Shrink</source>
      <translation>Geschrumpft</translation>
    </message>
    <message>
      <source>Shrink the part</source>
      <translation>Teil schrumpfen lassen</translation>
    </message>
    <message>
      <source>Size</source>
      <translation>Größe</translation>
    </message>
    <message>
      <source>Size of the mask, and the zoom: 100 % shows the photo's own pixels one to one</source>
      <translation>Größe der Maske und der Zoom: 100 % zeigt die Pixel des Fotos eins zu eins</translation>
    </message>
    <message>
      <source>Skin</source>
      <translation>Haut</translation>
    </message>
    <message>
      <source>Skin tone</source>
      <translation>Hautton</translation>
    </message>
    <message>
      <source>Skip the tour</source>
      <translation>Überspringen</translation>
    </message>
    <message>
      <source>Slider: {group}, {slider}</source>
      <translation>Regler: {group}, {slider}</translation>
    </message>
    <message>
      <source>Smaller brush</source>
      <translation>Kleinerer Pinsel</translation>
    </message>
    <message>
      <source>Smile</source>
      <translation>Lächeln</translation>
    </message>
    <message>
      <source>Smooth</source>
      <translation>Geglättet</translation>
    </message>
    <message>
      <source>Smooth the part</source>
      <translation>Teil glätten</translation>
    </message>
    <message>
      <source>Smooth what was painted by hand towards the shapes that real faces have</source>
      <translation>Von Hand Gemaltes zu Formen glätten, die wirkliche Gesichter haben</translation>
    </message>
    <message>
      <source>Snap the edges</source>
      <translation>Ränder begradigen</translation>
    </message>
    <message>
      <source>Something unexpected happened ({reason}); your work is still here, save it under another name.</source>
      <translation>Etwas Unerwartetes ist geschehen ({reason}); Ihre Arbeit ist noch da, speichern Sie sie unter einem anderen Namen.</translation>
    </message>
    <message>
      <source>Space moves the picture while it is held.</source>
      <translation>Die Leertaste verschiebt das Bild, solange sie gehalten wird.</translation>
    </message>
    <message>
      <source>Specks of a part away from it, and pinholes; click repairs them ({key})</source>
      <translation>Krümel eines Teils abseits von ihm, und winzige Löcher; ein Klick behebt sie ({key})</translation>
    </message>
    <message>
      <source>Square glasses</source>
      <translation>Eckige Brille</translation>
    </message>
    <message>
      <source>State {number}</source>
      <translation>Stand {number}</translation>
    </message>
    <message>
      <source>Strength</source>
      <translation>Stärke</translation>
    </message>
    <message>
      <source>Strength of the expression</source>
      <translation>Stärke des Ausdrucks</translation>
    </message>
    <message>
      <source>Strength of the layer</source>
      <translation>Stärke der Ebene</translation>
    </message>
    <message>
      <source>Stronger tint</source>
      <translation>Stärker tönen</translation>
    </message>
    <message>
      <source>Stud earrings</source>
      <translation>Ohrstecker</translation>
    </message>
    <message>
      <source>Style</source>
      <translation>Stil</translation>
    </message>
    <message>
      <source>Style as read from the photo</source>
      <translation>Stil wie im Foto gelesen</translation>
    </message>
    <message>
      <source>Style mixed, {percent} %</source>
      <translation>Stil gemischt, {percent} %</translation>
    </message>
    <message>
      <source>Style of a second photo</source>
      <translation>Stil eines zweiten Fotos</translation>
    </message>
    <message>
      <source>Style reference</source>
      <translation>Stilvorbild</translation>
    </message>
    <message>
      <source>Surprise</source>
      <translation>Staunen</translation>
    </message>
    <message>
      <source>Swap the last two parts</source>
      <translation>Die letzten zwei Teile tauschen</translation>
    </message>
    <message>
      <source>Symmetry axis</source>
      <translation>Symmetrieachse</translation>
    </message>
    <message>
      <source>Tab shows the original while it is held, and goes from one control to the next.</source>
      <translation>Tab zeigt das Original, solange es gehalten wird, und geht von einem Bedienelement zum nächsten.</translation>
    </message>
    <message>
      <source>Take back what was begun, as Escape does</source>
      <translation>Zurücknehmen, was begonnen ist, wie mit Escape</translation>
    </message>
    <message>
      <source>Take in hair and hats that end at the edge of the frame; the face is drawn less finely</source>
      <translation>Haare und Hüte, die am Rand des Ausschnitts enden, ganz aufnehmen; das Gesicht wird weniger fein gezeichnet</translation>
    </message>
    <message>
      <source>Take it over</source>
      <translation>Übernehmen</translation>
    </message>
    <message>
      <source>Take the nearest part</source>
      <translation>Nächstgelegenen Teil nehmen</translation>
    </message>
    <message>
      <source>Tan</source>
      <translation>Gebräunt</translation>
    </message>
    <message>
      <source>Terms of the weights “{name}”</source>
      <translation>Bedingungen der Gewichte „{name}“</translation>
    </message>
    <message>
      <source>That is it.</source>
      <translation>Genau so.</translation>
    </message>
    <message>
      <source>Thaw</source>
      <translation>Auftauen</translation>
    </message>
    <message>
      <source>Thaw everything</source>
      <translation>Alles auftauen</translation>
    </message>
    <message>
      <source>Thaw what is painted over, as Shift does</source>
      <translation>Auftauen, was übermalt wird, wie mit Umschalt</translation>
    </message>
    <message>
      <source>The active layer</source>
      <translation>Die aktive Ebene</translation>
    </message>
    <message>
      <source>The authors' weights were trained on CelebAMask-HQ, which is for non-commercial research and educational purposes only; the same holds for these.</source>
      <translation>Die Gewichte der Autoren wurden mit CelebAMask-HQ trainiert, das nur für nichtkommerzielle Forschung und Lehre bestimmt ist; dasselbe gilt für diese.</translation>
    </message>
    <message>
      <source>The bare 512² picture of the network</source>
      <translation>Das bloße Bild des Netzes, 512²</translation>
    </message>
    <message>
      <source>The base mask always stays at the bottom; add a layer above it and change that.</source>
      <translation>Die Grundmaske bleibt immer unten; legen Sie eine Ebene darüber an und ändern Sie diese.</translation>
    </message>
    <message>
      <source>The base mask cannot be hidden; hide the layers above it to see it alone.</source>
      <translation>Die Grundmaske lässt sich nicht verbergen; verbergen Sie die Ebenen darüber, um sie allein zu sehen.</translation>
    </message>
    <message>
      <source>The base mask is what the photo shows; choose a layer above it to make an edit weaker.</source>
      <translation>Die Grundmaske ist, was das Foto zeigt; wählen Sie eine Ebene darüber, um eine Bearbeitung abzuschwächen.</translation>
    </message>
    <message>
      <source>The base mask must be visible and have a class from 0 to 18 at every pixel.</source>
      <translation>Die Grundmaske muss sichtbar sein und an jedem Pixel eine Klasse von 0 bis 18 haben.</translation>
    </message>
    <message>
      <source>The colour profile of “{name}” can only be read; what is saved of this photo will be in sRGB.</source>
      <translation>Das Farbprofil von „{name}“ lässt sich nur lesen; was von diesem Foto gesichert wird, ist in sRGB.</translation>
    </message>
    <message>
      <source>The colours of this edit are damaged.</source>
      <translation>Die Farben dieser Bearbeitung sind beschädigt.</translation>
    </message>
    <message>
      <source>The edit, laid into the photo, the face or before and after: format, quality, size</source>
      <translation>Die Änderung im Foto, das Gesicht oder Vorher und Nachher: Format, Qualität, Größe</translation>
    </message>
    <message>
      <source>The edited photo</source>
      <translation>Das bearbeitete Foto</translation>
    </message>
    <message>
      <source>The face alone, 512 x 512 pixels</source>
      <translation>Nur das Gesicht, 512 x 512 Pixel</translation>
    </message>
    <message>
      <source>The face, 512 x 512 pixels</source>
      <translation>Das Gesicht, 512 x 512 Pixel</translation>
    </message>
    <message>
      <source>The file could not be read: {reason}.</source>
      <translation>Die Datei konnte nicht gelesen werden: {reason}.</translation>
    </message>
    <message>
      <source>The file could not be written: {reason}.</source>
      <translation>Die Datei konnte nicht geschrieben werden: {reason}.</translation>
    </message>
    <message>
      <source>The files of {role} in the weights {weights} belong to another network than its manifest says.</source>
      <translation>Die Dateien von {role} in den Gewichten {weights} gehören zu einem anderen Netz, als ihr Verzeichnis sagt.</translation>
    </message>
    <message>
      <source>The fit to the photo in this project is damaged; fit to the photo again.</source>
      <translation>Die Anpassung an das Foto in diesem Projekt ist beschädigt; passen Sie noch einmal an das Foto an.</translation>
    </message>
    <message>
      <source>The folder {output} would be replaced while files in it are read: choose another one; nothing was written.</source>
      <translation>Der Ordner {output} würde ersetzt, während Dateien darin gelesen werden: wählen Sie einen anderen; es wurde nichts geschrieben.</translation>
    </message>
    <message>
      <source>The folder “{name}” cannot be read ({reason}).</source>
      <translation>Der Ordner „{name}“ lässt sich nicht lesen ({reason}).</translation>
    </message>
    <message>
      <source>The folder “{name}” for the results cannot be made ({reason}).</source>
      <translation>Der Ordner „{name}“ für die Ergebnisse lässt sich nicht anlegen ({reason}).</translation>
    </message>
    <message>
      <source>The history in this project does not lead to what is in it and was left out; save it to begin a new one.</source>
      <translation>Der Verlauf in diesem Projekt führt nicht zu dem, was es enthält, und wurde weggelassen; speichern Sie es, um einen neuen zu beginnen.</translation>
    </message>
    <message>
      <source>The language changes as soon as what is in progress is done.</source>
      <translation>Die Sprache wechselt, sobald fertig ist, was gerade läuft.</translation>
    </message>
    <message>
      <source>The last changes to “{title}” are damaged and cannot be recovered; their file is kept as “{file}”.</source>
      <translation>Die letzten Änderungen an „{title}“ sind beschädigt und lassen sich nicht wiederherstellen; ihre Datei bleibt als „{file}“ erhalten.</translation>
    </message>
    <message>
      <source>The layer list of the project (stack.xml) is damaged; open a backup or an earlier version.</source>
      <translation>Die Ebenenliste des Projekts (stack.xml) ist beschädigt; öffnen Sie eine Sicherung oder eine frühere Fassung.</translation>
    </message>
    <message>
      <source>The layer list of the project (stack.xml) is not one that this program can open.</source>
      <translation>Die Ebenenliste des Projekts (stack.xml) kann dieses Programm nicht öffnen.</translation>
    </message>
    <message>
      <source>The layer “{layer}” is hidden; show it or choose another layer.</source>
      <translation>Die Ebene „{layer}“ ist verborgen; zeigen Sie sie oder wählen Sie eine andere Ebene.</translation>
    </message>
    <message>
      <source>The layer “{layer}” is locked; unlock it or choose another layer.</source>
      <translation>Die Ebene „{layer}“ ist gesperrt; entsperren Sie sie oder wählen Sie eine andere Ebene.</translation>
    </message>
    <message>
      <source>The layer “{layer}” is locked; unlock it to merge into it.</source>
      <translation>Die Ebene „{layer}“ ist gesperrt; entsperren Sie sie, um in sie hinein zu vereinen.</translation>
    </message>
    <message>
      <source>The manifest of the weights {weights} gives {role} arguments that this program does not understand: update MaskGAN Studio.</source>
      <translation>Das Verzeichnis der Gewichte {weights} gibt {role} Angaben, die dieses Programm nicht versteht: Aktualisieren Sie MaskGAN Studio.</translation>
    </message>
    <message>
      <source>The mask (palette PNG, values 0 to 18)</source>
      <translation>Die Maske (Paletten-PNG, Werte 0 bis 18)</translation>
    </message>
    <message>
      <source>The mask in colours</source>
      <translation>Die Maske in Farben</translation>
    </message>
    <message>
      <source>The network failed: {reason}.</source>
      <translation>Das Netz ist gescheitert: {reason}.</translation>
    </message>
    <message>
      <source>The network {role} holds values that are no numbers, in {tensor}: its training went wrong; export an earlier checkpoint.</source>
      <translation>Das Netz {role} enthält in {tensor} Werte, die keine Zahlen sind: Sein Training ist misslungen; exportieren Sie einen früheren Zwischenstand.</translation>
    </message>
    <message>
      <source>The open document has no edit that could be done to other photos; edit its face first.</source>
      <translation>Das offene Dokument hat keine Bearbeitung, die andere Fotos bekommen könnten; bearbeiten Sie zuerst sein Gesicht.</translation>
    </message>
    <message>
      <source>The open document's edit</source>
      <translation>Bearbeitung des offenen Dokuments</translation>
    </message>
    <message>
      <source>The part “{name}” of the project is damaged; open a backup or an earlier version of it.</source>
      <translation>Der Teil „{name}“ des Projekts ist beschädigt; öffnen Sie eine Sicherung oder eine frühere Fassung.</translation>
    </message>
    <message>
      <source>The photo's own file is not changed, whatever you choose.</source>
      <translation>Die Datei des Fotos selbst wird nicht verändert, was immer Sie wählen.</translation>
    </message>
    <message>
      <source>The photo's own pixels move with the mask; else the network draws what the mask says</source>
      <translation>Die Pixel des Fotos wandern mit der Maske; sonst zeichnet das Netz, was die Maske sagt</translation>
    </message>
    <message>
      <source>The place of the face in this project is damaged; open the photo again.</source>
      <translation>Die Lage des Gesichts in diesem Projekt ist beschädigt; öffnen Sie das Foto noch einmal.</translation>
    </message>
    <message>
      <source>The program ended unexpectedly last time.</source>
      <translation>Das Programm wurde beim letzten Mal unerwartet beendet.</translation>
    </message>
    <message>
      <source>The project has too many or too large layers; merge some of them or scale it down.</source>
      <translation>Das Projekt hat zu viele oder zu große Ebenen; vereinen Sie einige davon oder verkleinern Sie es.</translation>
    </message>
    <message>
      <source>The project is larger than this program can open; it may be damaged or not a project.</source>
      <translation>Das Projekt ist größer, als dieses Programm öffnen kann; vielleicht ist es beschädigt oder kein Projekt.</translation>
    </message>
    <message>
      <source>The project is {width}×{height} pixels, but masks are {size}×{size}: scale it to that in the program that made it, without smoothing.</source>
      <translation>Das Projekt hat {width}×{height} Pixel, Masken aber {size}×{size}: Bringen Sie es in dem Programm, aus dem es kommt, ohne Glättung auf diese Größe.</translation>
    </message>
    <message>
      <source>The project lacks its part “{name}”; open a backup or an earlier version of it.</source>
      <translation>Dem Projekt fehlt sein Teil „{name}“; öffnen Sie eine Sicherung oder eine frühere Fassung.</translation>
    </message>
    <message>
      <source>The project was {width}×{height} pixels and was scaled to {size}×{size}.</source>
      <translation>Das Projekt hatte {width}×{height} Pixel und wurde auf {size}×{size} gebracht.</translation>
    </message>
    <message>
      <source>The project's own data ({manifest}) is damaged; open a backup or an earlier version of it.</source>
      <translation>Die eigenen Daten des Projekts ({manifest}) sind beschädigt; öffnen Sie eine Sicherung oder eine frühere Fassung.</translation>
    </message>
    <message>
      <source>The result is {percent} % closer to your photo than before.</source>
      <translation>Das Ergebnis ist Ihrem Foto {percent} % näher als zuvor.</translation>
    </message>
    <message>
      <source>The same with all of the style, in more steps; some minutes without a graphics card</source>
      <translation>Dasselbe mit dem ganzen Stil in mehr Schritten; ohne Grafikkarte einige Minuten</translation>
    </message>
    <message>
      <source>The sliders have one layer; bake “{layer}” to reshape further.</source>
      <translation>Die Regler haben eine Ebene; schreiben Sie „{layer}“ fest, um weiter zu formen.</translation>
    </message>
    <message>
      <source>The style of the second photo is used for this one too.</source>
      <translation>Auch dieses Foto wird im Stil des zweiten Fotos gezeigt.</translation>
    </message>
    <message>
      <source>The style photo in this project is damaged; choose the photo again.</source>
      <translation>Das Stilfoto in diesem Projekt ist beschädigt; wählen Sie das Foto noch einmal.</translation>
    </message>
    <message>
      <source>The weights are for non-commercial research only: CelebAMask-HQ, which they were trained on, is available for non-commercial research purposes only and must not be redistributed. The code that made them is under the MIT licence.</source>
      <translation>Die Gewichte sind nur für nichtkommerzielle Forschung: CelebAMask-HQ, mit dem sie trainiert wurden, steht nur für nichtkommerzielle Forschung zur Verfügung und darf nicht weitergegeben werden. Der Code, der sie hervorgebracht hat, steht unter der MIT-Lizenz.</translation>
    </message>
    <message>
      <source>The weights were changed before it was done; ask for it again.</source>
      <translation>Die Gewichte wurden gewechselt, bevor es fertig war; starten Sie es noch einmal.</translation>
    </message>
    <message>
      <source>The weights were changed while the morph was drawn; export it again.</source>
      <translation>Die Gewichte wurden gewechselt, während der Morph gezeichnet wurde; exportieren Sie ihn noch einmal.</translation>
    </message>
    <message>
      <source>The weights {name} came with the program and stay.</source>
      <translation>Die Gewichte {name} gehören zum Programm und bleiben.</translation>
    </message>
    <message>
      <source>The weights {weights} are damaged: {problem}. Get them again.</source>
      <translation>Die Gewichte {weights} sind beschädigt: {problem}. Beschaffen Sie sie noch einmal.</translation>
    </message>
    <message>
      <source>The weights {weights} hold no {role} network, only {names}.</source>
      <translation>Die Gewichte {weights} enthalten kein Netz {role}, nur {names}.</translation>
    </message>
    <message>
      <source>The weights {weights} hold values that are no numbers, in {role}, {tensor}: the set was spoilt before it was saved; use another one.</source>
      <translation>Die Gewichte {weights} enthalten in {role}, {tensor}, Werte, die keine Zahlen sind: Der Satz war schon vor dem Speichern verdorben; nehmen Sie einen anderen.</translation>
    </message>
    <message>
      <source>The weights {weights} want {class_name} for {role}, which this program does not know: update MaskGAN Studio.</source>
      <translation>Die Gewichte {weights} verlangen {class_name} für {role}, das dieses Programm nicht kennt: Aktualisieren Sie MaskGAN Studio.</translation>
    </message>
    <message>
      <source>The wheel zooms, Space and dragging moves the picture, and holding Tab shows the original. Try to zoom.</source>
      <translation>Das Rad zoomt, Leertaste und Ziehen verschiebt das Bild, und gehaltenes Tab zeigt das Original. Versuchen Sie zu zoomen.</translation>
    </message>
    <message>
      <source>The whole photo</source>
      <translation>Das ganze Foto</translation>
    </message>
    <message>
      <source>The whole photo, at most 1280 pixels</source>
      <translation>Das ganze Foto, höchstens 1280 Pixel</translation>
    </message>
    <message>
      <source>The window closes as soon as the export is written.</source>
      <translation>Das Fenster schließt sich, sobald der Export geschrieben ist.</translation>
    </message>
    <message>
      <source>The window closes as soon as the picture is copied.</source>
      <translation>Das Fenster schließt sich, sobald das Bild kopiert ist.</translation>
    </message>
    <message>
      <source>The window closes as soon as the project is saved.</source>
      <translation>Das Fenster schließt sich, sobald das Projekt gespeichert ist.</translation>
    </message>
    <message>
      <source>The {what} of the project is damaged; open a backup or an earlier version of it.</source>
      <translation>Im Projekt ist dies beschädigt: {what}; öffnen Sie eine Sicherung oder eine frühere Fassung.</translation>
    </message>
    <message>
      <source>The {what} of the project is larger than {limit} pixels; scale it down to open it.</source>
      <translation>Im Projekt ist dies größer als {limit} Pixel: {what}; verkleinern Sie es zum Öffnen.</translation>
    </message>
    <message>
      <source>Theme</source>
      <translation>Erscheinungsbild</translation>
    </message>
    <message>
      <source>Theme of the system</source>
      <translation>Farben des Systems</translation>
    </message>
    <message>
      <source>There are no weights named {name} in {folder}.</source>
      <translation>In {folder} gibt es keine Gewichte namens {name}.</translation>
    </message>
    <message>
      <source>There are no weights named {wanted} (known: {known}), nor a folder of that name.</source>
      <translation>Es gibt weder Gewichte namens {wanted} (bekannt: {known}) noch einen Ordner dieses Namens.</translation>
    </message>
    <message>
      <source>There are other weights named {name} already: install these under another name{option}, or remove those.</source>
      <translation>Andere Gewichte namens {name} gibt es schon: Installieren Sie diese unter einem anderen Namen{option} oder entfernen Sie jene.</translation>
    </message>
    <message>
      <source>There is no device {name}; choose auto, cpu, cuda or mps.</source>
      <translation>Es gibt kein Gerät {name}; wählen Sie auto, cpu, cuda oder mps.</translation>
    </message>
    <message>
      <source>There is no face number {number} in this photo, only {count}.</source>
      <translation>Ein Gesicht Nummer {number} gibt es in diesem Foto nicht, nur {count}.</translation>
    </message>
    <message>
      <source>There is no file {path}.</source>
      <translation>Es gibt keine Datei {path}.</translation>
    </message>
    <message>
      <source>There is no kind {kind} of the authors' checkpoints; known: {kinds}.</source>
      <translation>Eine Art {kind} gibt es bei den Modelldateien der Autoren nicht; bekannt: {kinds}.</translation>
    </message>
    <message>
      <source>There is no perceptual weights file {file}; choose another one{option}.</source>
      <translation>Es gibt keine Datei {file} mit Gewichten für den Wahrnehmungsabstand; wählen Sie eine andere{option}.</translation>
    </message>
    <message>
      <source>There is no photo among these files; drop a folder of portraits.</source>
      <translation>Unter diesen Dateien ist kein Foto; ziehen Sie einen Ordner mit Porträts her.</translation>
    </message>
    <message>
      <source>There is no photo to follow the edges of; open one, or paint with the brush.</source>
      <translation>Es ist kein Foto da, dessen Kanten zu folgen wäre; öffnen Sie eines oder malen Sie mit dem Pinsel.</translation>
    </message>
    <message>
      <source>There is no picture on the clipboard; copy one first.</source>
      <translation>In der Zwischenablage ist kein Bild; kopieren Sie zuerst eines.</translation>
    </message>
    <message>
      <source>There is no preset “{name}”; name a file, or one of {names}.</source>
      <translation>Es gibt keine Vorgabe „{name}“; nennen Sie eine Datei oder eine von {names}.</translation>
    </message>
    <message>
      <source>There is no slider “{name}”; `maskgan-studio sliders` lists them.</source>
      <translation>Es gibt keinen Regler „{name}“; `maskgan-studio sliders` zählt sie auf.</translation>
    </message>
    <message>
      <source>There is nothing behind {part}: choose a part that lies on the face or beside it, or paint over this one.</source>
      <translation>Hinter „{part}“ ist nichts: Wählen Sie einen Teil, der auf dem Gesicht oder daneben liegt, oder übermalen Sie diesen.</translation>
    </message>
    <message>
      <source>There is nothing below the base mask to merge it with.</source>
      <translation>Unter der Grundmaske ist nichts, womit sie vereint werden könnte.</translation>
    </message>
    <message>
      <source>There is nothing below the base mask; choose an edit layer to erase on.</source>
      <translation>Unter der Grundmaske ist nichts; wählen Sie zum Radieren eine Änderungsebene.</translation>
    </message>
    <message>
      <source>These weights came without a model card: ask who made them for terms.</source>
      <translation>Diese Gewichte kamen ohne Modellkarte: Fragen Sie die Urheber nach den Bedingungen.</translation>
    </message>
    <message>
      <source>These weights cannot be fitted to a photo; choose another set, such as studio.</source>
      <translation>Diese Gewichte lassen sich nicht an ein Foto anpassen; wählen Sie einen anderen Satz, etwa studio.</translation>
    </message>
    <message>
      <source>Thickness</source>
      <translation>Dicke</translation>
    </message>
    <message>
      <source>This file is not a project: OpenRaster files (.ora) are zip archives, and this one is none or damaged.</source>
      <translation>Diese Datei ist kein Projekt: OpenRaster-Dateien (.ora) sind Zip-Archive, und diese ist keines oder beschädigt.</translation>
    </message>
    <message>
      <source>This file is not a project: it has no list of layers (stack.xml).</source>
      <translation>Diese Datei ist kein Projekt: Sie hat keine Ebenenliste (stack.xml).</translation>
    </message>
    <message>
      <source>This is no preset of a face; choose a file that this program has saved.</source>
      <translation>Das ist keine Vorgabe für ein Gesicht; wählen Sie eine Datei, die dieses Programm gespeichert hat.</translation>
    </message>
    <message>
      <source>This is what you paint with. Choose another part, or click one on the face while you hold Alt.</source>
      <translation>Damit malen Sie. Wählen Sie einen anderen Teil, oder klicken Sie mit gehaltener Alt-Taste einen im Gesicht an.</translation>
    </message>
    <message>
      <source>This layer is no longer part of the document; choose another one in the layer panel.</source>
      <translation>Diese Ebene gehört nicht mehr zum Dokument; wählen Sie in der Ebenentafel eine andere.</translation>
    </message>
    <message>
      <source>This machine has no device {name} that torch {version} can use; choose auto or cpu.</source>
      <translation>Dieser Rechner hat kein Gerät {name}, das torch {version} nutzen kann; wählen Sie auto oder cpu.</translation>
    </message>
    <message>
      <source>This picture has no layer in the colours of the mask classes; open a project of this program.</source>
      <translation>Dieses Bild hat keine Ebene in den Farben der Maskenklassen; öffnen Sie ein Projekt dieses Programms.</translation>
    </message>
    <message>
      <source>This preset was made by a newer version of the program; update it to use the preset.</source>
      <translation>Diese Vorgabe stammt von einer neueren Version des Programms; aktualisieren Sie es, um sie zu verwenden.</translation>
    </message>
    <message>
      <source>This project was changed elsewhere: {changes}.</source>
      <translation>Dieses Projekt wurde anderswo geändert: {changes}.</translation>
    </message>
    <message>
      <source>This project was made by a newer version of the program; update it to open this file.</source>
      <translation>Dieses Projekt stammt von einer neueren Version des Programms; aktualisieren Sie es, um diese Datei zu öffnen.</translation>
    </message>
    <message>
      <source>Tilt</source>
      <translation>Neigung</translation>
    </message>
    <message>
      <source>Tint the mask's parts more strongly</source>
      <translation>Die Teile der Maske stärker tönen</translation>
    </message>
    <message>
      <source>Tool options</source>
      <translation>Werkzeugoptionen</translation>
    </message>
    <message>
      <source>Tools</source>
      <translation>Werkzeuge</translation>
    </message>
    <message>
      <source>Tour</source>
      <translation>Rundgang</translation>
    </message>
    <message>
      <source>Transform</source>
      <translation>Verformt</translation>
    </message>
    <message>
      <source>Transform a part</source>
      <translation>Teil verformen</translation>
    </message>
    <message>
      <source>Turn the view left</source>
      <translation>Ansicht nach links drehen</translation>
    </message>
    <message>
      <source>Turn the view right</source>
      <translation>Ansicht nach rechts drehen</translation>
    </message>
    <message>
      <source>Two layers share one number; duplicate the layer instead of adding it twice.</source>
      <translation>Zwei Ebenen haben dieselbe Nummer; verdoppeln Sie die Ebene, statt sie zweimal anzulegen.</translation>
    </message>
    <message>
      <source>Two results would become {output}: give each a name of its own (upper and lower case count as one); nothing was written.</source>
      <translation>Zwei Ergebnisse würden {output}: geben Sie jedem einen eigenen Namen (Groß- und Kleinschreibung zählt nicht); es wurde nichts geschrieben.</translation>
    </message>
    <message>
      <source>Undo</source>
      <translation>Rückgängig</translation>
    </message>
    <message>
      <source>Undo and redo go on when the project is opened again; its file grows</source>
      <translation>Rückgängig und Wiederholen gehen weiter, wenn das Projekt wieder geöffnet wird; seine Datei wird größer</translation>
    </message>
    <message>
      <source>Undo the fit</source>
      <translation>Anpassung zurücknehmen</translation>
    </message>
    <message>
      <source>Unlock layer</source>
      <translation>Ebene entsperrt</translation>
    </message>
    <message>
      <source>Unsaved changes</source>
      <translation>Ungespeicherte Änderungen</translation>
    </message>
    <message>
      <source>Unsaved work cannot be backed up in “{folder}” ({reason}).</source>
      <translation>Ungespeicherte Arbeit kann in „{folder}“ nicht gesichert werden ({reason}).</translation>
    </message>
    <message>
      <source>Unsaved work is not being backed up: {problem}</source>
      <translation>Ungespeicherte Arbeit wird nicht gesichert: {problem}</translation>
    </message>
    <message>
      <source>Up or down</source>
      <translation>Auf oder ab</translation>
    </message>
    <message>
      <source>Upper lip</source>
      <translation>Oberlippe</translation>
    </message>
    <message>
      <source>Upright view</source>
      <translation>Ansicht aufrecht</translation>
    </message>
    <message>
      <source>Use a wider frame</source>
      <translation>Weiteren Ausschnitt nehmen</translation>
    </message>
    <message>
      <source>Use its mask</source>
      <translation>Seine Maske</translation>
    </message>
    <message>
      <source>Use its own style</source>
      <translation>Eigenen Stil verwenden</translation>
    </message>
    <message>
      <source>Use the whole picture</source>
      <translation>Das ganze Bild verwenden</translation>
    </message>
    <message>
      <source>Variation</source>
      <translation>Variante</translation>
    </message>
    <message>
      <source>Variation {number}</source>
      <translation>Variante {number}</translation>
    </message>
    <message>
      <source>Variations</source>
      <translation>Varianten</translation>
    </message>
    <message>
      <source>Versions</source>
      <translation>Versionen</translation>
    </message>
    <message>
      <source>View</source>
      <translation>Ansicht</translation>
    </message>
    <message>
      <source>Violet</source>
      <translation>Violett</translation>
    </message>
    <message>
      <source>Volume</source>
      <translation>Fülle</translation>
    </message>
    <message>
      <source>Warp</source>
      <translation>Verzerren</translation>
    </message>
    <message>
      <source>Weaker tint</source>
      <translation>Schwächer tönen</translation>
    </message>
    <message>
      <source>WebP: small, in all colours</source>
      <translation>WebP: klein, in allen Farben</translation>
    </message>
    <message>
      <source>Weights</source>
      <translation>Gewichte</translation>
    </message>
    <message>
      <source>Weights from a folder…</source>
      <translation>Gewichte aus einem Ordner …</translation>
    </message>
    <message>
      <source>What do you want to do?</source>
      <translation>Was möchten Sie tun?</translation>
    </message>
    <message>
      <source>What is where, to be tried at once</source>
      <translation>Was wo ist, gleich zum Ausprobieren</translation>
    </message>
    <message>
      <source>What it hides appears: a bald head, the eyes behind glasses</source>
      <translation>Was er verdeckt, erscheint: ein kahler Kopf, die Augen hinter einer Brille</translation>
    </message>
    <message>
      <source>What the network finds plausible</source>
      <translation>Was das Netz für stimmig hält</translation>
    </message>
    <message>
      <source>What the transform takes</source>
      <translation>Was das Transformieren nimmt</translation>
    </message>
    <message>
      <source>What was painted in this preset is damaged; save it anew.</source>
      <translation>Was in dieser Vorgabe gemalt war, ist beschädigt; speichern Sie sie neu.</translation>
    </message>
    <message>
      <source>Whatever you look for: Ctrl+K finds it by a few letters of its name.</source>
      <translation>Was immer Sie suchen: Strg+K findet es an einigen Buchstaben seines Namens.</translation>
    </message>
    <message>
      <source>Where a face lies in the photo cannot be read: it was left out.</source>
      <translation>Wo ein Gesicht im Foto liegt, ist nicht lesbar: Es wurde weggelassen.</translation>
    </message>
    <message>
      <source>Where the face lies in the photo cannot be read: the face was opened alone.</source>
      <translation>Wo das Gesicht im Foto liegt, ist nicht zu lesen: Das Gesicht wurde allein geöffnet.</translation>
    </message>
    <message>
      <source>White</source>
      <translation>Weiß</translation>
    </message>
    <message>
      <source>Who does not want to paint clicks an expression or pulls a slider. Try a smile.</source>
      <translation>Wer nicht malen will, klickt einen Ausdruck an oder zieht einen Regler. Versuchen Sie ein Lächeln.</translation>
    </message>
    <message>
      <source>Wide-brimmed hat</source>
      <translation>Breiter Hut</translation>
    </message>
    <message>
      <source>Wider frame</source>
      <translation>Weiterer Ausschnitt</translation>
    </message>
    <message>
      <source>Width</source>
      <translation>Breite</translation>
    </message>
    <message>
      <source>Wink, left</source>
      <translation>Links zu</translation>
    </message>
    <message>
      <source>Wink, right</source>
      <translation>Rechts zu</translation>
    </message>
    <message>
      <source>Writing “{name}”…</source>
      <translation>„{name}“ wird geschrieben …</translation>
    </message>
    <message>
      <source>Your picture is written here. The photo's own file stays as it is.</source>
      <translation>Hier wird Ihr Bild geschrieben. Die Datei des Fotos selbst bleibt, wie sie ist.</translation>
    </message>
    <message>
      <source>Zoom in</source>
      <translation>Vergrößern</translation>
    </message>
    <message>
      <source>Zoom out</source>
      <translation>Verkleinern</translation>
    </message>
    <message>
      <source>Zoom to 100 %</source>
      <translation>Auf 100 % zoomen</translation>
    </message>
    <message>
      <source>an untitled document</source>
      <translation>ein Dokument ohne Namen</translation>
    </message>
    <message>
      <source>another program kept only the cut-out face of the photo, so open the photo again for the rest</source>
      <translation>ein anderes Programm hat vom Foto nur den Gesichtsausschnitt behalten, öffnen Sie für den Rest das Foto noch einmal</translation>
    </message>
    <message>
      <source>anything</source>
      <translation>alles</translation>
    </message>
    <message>
      <source>as it is</source>
      <translation>wie es ist</translation>
    </message>
    <message>
      <source>as the photo</source>
      <translation>wie das Foto</translation>
    </message>
    <message>
      <source>both eyes, mouth and lips…</source>
      <translation>beide Augen, Mund und Lippen …</translation>
    </message>
    <message>
      <source>brush · drag to paint, Shift draws straight lines, Alt picks, [ ] size</source>
      <translation>Pinsel · Ziehen malt, Umschalt zieht gerade Linien, Alt nimmt auf, [ ] Größe</translation>
    </message>
    <message>
      <source>calculating…</source>
      <translation>wird berechnet …</translation>
    </message>
    <message>
      <source>darker or lighter</source>
      <translation>dunkler oder heller</translation>
    </message>
    <message>
      <source>degrees by which its hue turns</source>
      <translation>Grad, um die sich der Farbton dreht</translation>
    </message>
    <message>
      <source>difference</source>
      <translation>Unterschied</translation>
    </message>
    <message>
      <source>drop a
photo</source>
      <translation>Foto
hierher</translation>
    </message>
    <message>
      <source>ellipse · drag, Shift makes a circle</source>
      <translation>Ellipse · aufziehen, Umschalt macht einen Kreis</translation>
    </message>
    <message>
      <source>eraser · drag to let the layer below through, [ ] size</source>
      <translation>Radierer · Ziehen lässt die Ebene darunter durch, [ ] Größe</translation>
    </message>
    <message>
      <source>face</source>
      <translation>Gesicht</translation>
    </message>
    <message>
      <source>fill · click an area to give it the active part</source>
      <translation>Füllen · eine Fläche anklicken gibt ihr den gewählten Teil</translation>
    </message>
    <message>
      <source>freeze · paint over what no tool is to change, Shift thaws, [ ] size</source>
      <translation>Einfrieren · übermalen, was kein Werkzeug ändern soll, Umschalt taut auf, [ ] Größe</translation>
    </message>
    <message>
      <source>its sliders are not known to this version and were left out</source>
      <translation>seine Regler kennt diese Fassung nicht, sie wurden ausgelassen</translation>
    </message>
    <message>
      <source>label map</source>
      <translation>Maske</translation>
    </message>
    <message>
      <source>lasso · draw around what is to be painted</source>
      <translation>Lasso · umfahren, was gemalt werden soll</translation>
    </message>
    <message>
      <source>layer “{name}”</source>
      <translation>Ebene „{name}“</translation>
    </message>
    <message>
      <source>length and size are asked next</source>
      <translation>Länge und Größe werden gleich erfragt</translation>
    </message>
    <message>
      <source>live</source>
      <translation>live</translation>
    </message>
    <message>
      <source>loading the network…</source>
      <translation>Netz wird geladen …</translation>
    </message>
    <message>
      <source>mask</source>
      <translation>Maske</translation>
    </message>
    <message>
      <source>mirrored</source>
      <translation>gespiegelt</translation>
    </message>
    <message>
      <source>no network loaded yet</source>
      <translation>noch kein Netz geladen</translation>
    </message>
    <message>
      <source>no photo</source>
      <translation>kein Foto</translation>
    </message>
    <message>
      <source>only over</source>
      <translation>nur über</translation>
    </message>
    <message>
      <source>or begin with one of these, which a network made up:</source>
      <translation>oder beginnen Sie mit einem dieser Gesichter, die ein Netz erfunden hat:</translation>
    </message>
    <message>
      <source>or go on with one of your own:</source>
      <translation>oder machen Sie mit einem Ihrer eigenen weiter:</translation>
    </message>
    <message>
      <source>original</source>
      <translation>Original</translation>
    </message>
    <message>
      <source>paints</source>
      <translation>malt</translation>
    </message>
    <message>
      <source>pasted.png</source>
      <translation>eingefügt.png</translation>
    </message>
    <message>
      <source>paused (F5 renders)</source>
      <translation>angehalten (F5 rechnet)</translation>
    </message>
    <message>
      <source>photo + mask</source>
      <translation>Foto + Maske</translation>
    </message>
    <message>
      <source>picker · click a part to paint with it</source>
      <translation>Pipette · einen Teil anklicken, um mit ihm zu malen</translation>
    </message>
    <message>
      <source>polygon · click the corners, double click or Return closes</source>
      <translation>Vieleck · Ecken anklicken, Doppelklick oder Eingabe schließt</translation>
    </message>
    <message>
      <source>preview</source>
      <translation>Vorschau</translation>
    </message>
    <message>
      <source>rectangle · drag, Shift makes a square</source>
      <translation>Rechteck · aufziehen, Umschalt macht ein Quadrat</translation>
    </message>
    <message>
      <source>result</source>
      <translation>Ergebnis</translation>
    </message>
    <message>
      <source>result + mask</source>
      <translation>Ergebnis + Maske</translation>
    </message>
    <message>
      <source>selection · scribble over hair or a hat, Shift marks what is not; Return paints it, Esc drops it</source>
      <translation>Auswahl · Haar oder Hut bekritzeln, Umschalt markiert, was nicht dazugehört; Eingabe malt sie, Esc verwirft sie</translation>
    </message>
    <message>
      <source>symmetry axis · drag to move, its lower handle to turn, double click finds it from the face</source>
      <translation>Symmetrieachse · Ziehen verschiebt, der untere Griff dreht, Doppelklick findet sie im Gesicht</translation>
    </message>
    <message>
      <source>takes</source>
      <translation>nimmt</translation>
    </message>
    <message>
      <source>the layer “{name}” is no mask and was left out</source>
      <translation>die Ebene „{name}“ ist keine Maske und wurde ausgelassen</translation>
    </message>
    <message>
      <source>the mask</source>
      <translation>der Maske</translation>
    </message>
    <message>
      <source>the network failed</source>
      <translation>das Netz ist gescheitert</translation>
    </message>
    <message>
      <source>the part alone</source>
      <translation>den Teil allein</translation>
    </message>
    <message>
      <source>the part first touched</source>
      <translation>den zuerst berührten Teil</translation>
    </message>
    <message>
      <source>the whole face</source>
      <translation>das ganze Gesicht</translation>
    </message>
    <message>
      <source>transform · click a part, Shift adds; drag inside moves, handles scale, outside turns; Return keeps, Esc not</source>
      <translation>Transformieren · Teil anklicken, Umschalt nimmt dazu; innen schieben, Griffe skalieren, außen drehen; Eingabe behält, Esc verwirft</translation>
    </message>
    <message>
      <source>warp · drag to pull along what lies in the circle, [ ] size</source>
      <translation>Verformen · ziehen nimmt mit, was im Kreis liegt, [ ] Größe</translation>
    </message>
    <message>
      <source>what was painted on the photo itself was left out</source>
      <translation>was auf das Foto selbst gemalt war, wurde ausgelassen</translation>
    </message>
    <message>
      <source>without loss</source>
      <translation>ohne Verlust</translation>
    </message>
    <message>
      <source>{count} faces: click another to edit it too.</source>
      <translation>{count} Gesichter: Klick auf ein anderes, um es auch zu bearbeiten.</translation>
    </message>
    <message>
      <source>{count} islands or holes</source>
      <translation>{count} Inseln oder Löcher</translation>
    </message>
    <message>
      <source>{file} cannot be read as network weights: {reason}.</source>
      <translation>{file} lässt sich nicht als Netzgewichte lesen: {reason}.</translation>
    </message>
    <message>
      <source>{file} has {found} bytes instead of {wanted}</source>
      <translation>{file} hat {found} Bytes statt {wanted}</translation>
    </message>
    <message>
      <source>{file} holds neither SqueezeNet 1.0 nor VGG-19; give one of these for perceptual loss and distance.</source>
      <translation>{file} enthält weder SqueezeNet 1.0 noch VGG-19; geben Sie eines davon für den Wahrnehmungsabstand an.</translation>
    </message>
    <message>
      <source>{file} is missing</source>
      <translation>{file} fehlt</translation>
    </message>
    <message>
      <source>{file} is not a complete SqueezeNet 1.0 or VGG-19; give another file.</source>
      <translation>{file} ist kein vollständiges SqueezeNet 1.0 oder VGG-19; geben Sie eine andere Datei an.</translation>
    </message>
    <message>
      <source>{file} is not the file that was saved (its SHA-256 differs)</source>
      <translation>{file} ist nicht die gespeicherte Datei (ihr SHA-256 weicht ab)</translation>
    </message>
    <message>
      <source>{folder} cannot be removed ({reason}).</source>
      <translation>{folder} kann nicht entfernt werden ({reason}).</translation>
    </message>
    <message>
      <source>{folder} is not a set of weights: its {manifest_name} is missing or damaged.</source>
      <translation>{folder} ist kein Satz Gewichte: Die Datei {manifest_name} darin fehlt oder ist beschädigt.</translation>
    </message>
    <message>
      <source>{format}, as the photo</source>
      <translation>{format}, wie das Foto</translation>
    </message>
    <message>
      <source>{group}: {slider}</source>
      <translation>{group}: {slider}</translation>
    </message>
    <message>
      <source>{input} is read and would be overwritten: choose another place or name than {output}; nothing was written.</source>
      <translation>{input} wird gelesen und würde überschrieben: wählen Sie einen anderen Ort oder Namen als {output}; es wurde nichts geschrieben.</translation>
    </message>
    <message>
      <source>{key} belongs to “{action}”.</source>
      <translation>{key} gehört zu „{action}“.</translation>
    </message>
    <message>
      <source>{layer}</source>
      <translation>{layer}</translation>
    </message>
    <message>
      <source>{name} goes from {low} to {high}, not to {value}.</source>
      <translation>{name} reicht von {low} bis {high}, nicht bis {value}.</translation>
    </message>
    <message>
      <source>{name} is no name for weights: take one plain word.</source>
      <translation>{name} ist kein Name für Gewichte: Nehmen Sie ein einfaches Wort.</translation>
    </message>
    <message>
      <source>{name} takes a number, not “{text}”.</source>
      <translation>{name} nimmt eine Zahl, nicht „{text}“.</translation>
    </message>
    <message>
      <source>{notices}</source>
      <translation>{notices}</translation>
    </message>
    <message>
      <source>{number} of {count}: {name}</source>
      <translation>{number} von {count}: {name}</translation>
    </message>
    <message>
      <source>{output} lies in {folder}, whose files are read: choose a folder outside it; nothing was written.</source>
      <translation>{output} liegt in {folder}, dessen Dateien gelesen werden: wählen Sie einen Ordner außerhalb; es wurde nichts geschrieben.</translation>
    </message>
    <message>
      <source>{part} copied</source>
      <translation>{part} kopiert</translation>
    </message>
    <message>
      <source>{part} enlarged</source>
      <translation>{part} vergrößert</translation>
    </message>
    <message>
      <source>{part} erased</source>
      <translation>{part} radiert</translation>
    </message>
    <message>
      <source>{part} grown</source>
      <translation>{part} vergrößert</translation>
    </message>
    <message>
      <source>{part} is locked; unlock it in the list of parts to change its shape.</source>
      <translation>{part} ist gesperrt; entsperren Sie das in der Liste der Teile, um die Form zu ändern.</translation>
    </message>
    <message>
      <source>{part} lowered</source>
      <translation>{part} gesenkt</translation>
    </message>
    <message>
      <source>{part} made smaller</source>
      <translation>{part} verkleinert</translation>
    </message>
    <message>
      <source>{part} moved</source>
      <translation>{part} verschoben</translation>
    </message>
    <message>
      <source>{part} painted</source>
      <translation>{part} gemalt</translation>
    </message>
    <message>
      <source>{part} raised</source>
      <translation>{part} angehoben</translation>
    </message>
    <message>
      <source>{part} removed</source>
      <translation>{part} entfernt</translation>
    </message>
    <message>
      <source>{part} reshaped</source>
      <translation>{part} umgeformt</translation>
    </message>
    <message>
      <source>{part} shrunk</source>
      <translation>{part} verkleinert</translation>
    </message>
    <message>
      <source>{part} smoothed</source>
      <translation>{part} geglättet</translation>
    </message>
    <message>
      <source>{part}: colour</source>
      <translation>{part}: Farbe</translation>
    </message>
    <message>
      <source>{part}: own colour</source>
      <translation>{part}: eigene Farbe</translation>
    </message>
    <message>
      <source>{part}: style of the photo</source>
      <translation>{part}: Stil des Fotos</translation>
    </message>
    <message>
      <source>{part}: style of the second photo</source>
      <translation>{part}: Stil des zweiten Fotos</translation>
    </message>
    <message>
      <source>{path} does not describe a set of MaskGAN Studio weights.</source>
      <translation>{path} beschreibt keinen Satz Gewichte von MaskGAN Studio.</translation>
    </message>
    <message>
      <source>{path} has format version {version}; this program reads version {format_version}: update MaskGAN Studio or export the weights again.</source>
      <translation>{path} hat die Formatversion {version}; dieses Programm liest Version {format_version}: Aktualisieren Sie MaskGAN Studio oder exportieren Sie die Gewichte noch einmal.</translation>
    </message>
    <message>
      <source>{path} holds none of the networks that the authors of MaskGAN released.</source>
      <translation>{path} enthält keines der Netze, die die Autoren von MaskGAN veröffentlicht haben.</translation>
    </message>
    <message>
      <source>{path} is a checkpoint, not a set of weights: make it one with `maskgan-studio weights import {path}`.</source>
      <translation>{path} ist eine Modelldatei, kein Satz Gewichte: Machen Sie einen daraus mit `maskgan-studio weights import {path}`.</translation>
    </message>
    <message>
      <source>{path} is damaged; get the set of weights again.</source>
      <translation>{path} ist beschädigt; beschaffen Sie die Gewichte noch einmal.</translation>
    </message>
    <message>
      <source>{path} is missing or damaged; get the set of weights again.</source>
      <translation>{path} fehlt oder ist beschädigt; beschaffen Sie die Gewichte noch einmal.</translation>
    </message>
    <message>
      <source>{path} is not a checkpoint of kind {kind}: it has no {mark}.</source>
      <translation>{path} ist keine Modelldatei der Art {kind}: {mark} fehlt.</translation>
    </message>
    <message>
      <source>{path} is not a checkpoint of plain tensors, or it is damaged; nothing was run.</source>
      <translation>{path} ist keine Modelldatei aus bloßen Tensoren, oder sie ist beschädigt; nichts daraus wurde ausgeführt.</translation>
    </message>
    <message>
      <source>{path} is not a checkpoint of plain tensors: it holds something else.</source>
      <translation>{path} ist keine Modelldatei aus bloßen Tensoren: Sie enthält etwas anderes.</translation>
    </message>
    <message>
      <source>{path} is not the authors' {kind} network: {reason}.</source>
      <translation>{path} ist nicht das Netz {kind} der Autoren: {reason}.</translation>
    </message>
    <message>
      <source>{seconds} s left</source>
      <translation>noch {seconds} s</translation>
    </message>
    <message>
      <source>{slider}, left</source>
      <translation>{slider}, links</translation>
    </message>
    <message>
      <source>{slider}, right</source>
      <translation>{slider}, rechts</translation>
    </message>
    <message>
      <source>{source} cannot be installed in {folder} ({reason}).</source>
      <translation>{source} kann nicht in {folder} installiert werden ({reason}).</translation>
    </message>
    <message>
      <source>{source} is no set of weights: give its folder, or a ZIP or tar archive of it.</source>
      <translation>{source} ist kein Satz von Gewichten: Geben Sie dessen Ordner an oder ein ZIP- oder tar-Archiv davon.</translation>
    </message>
    <message>
      <source>{source} unpacks to more than {limit} GiB: give the archive of one set of weights.</source>
      <translation>{source} ist entpackt größer als {limit} GiB: Geben Sie das Archiv eines einzelnen Gewichtesatzes an.</translation>
    </message>
    <message>
      <source>{target} cannot be written ({reason}).</source>
      <translation>{target} kann nicht geschrieben werden ({reason}).</translation>
    </message>
    <message>
      <source>{target} cannot be written ({reason}); what was there is untouched.</source>
      <translation>{target} kann nicht geschrieben werden ({reason}); was dort war, ist unverändert.</translation>
    </message>
    <message>
      <source>{target} holds something that is not a set of weights: choose another folder.</source>
      <translation>{target} enthält etwas, das kein Satz Gewichte ist: Wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
      <source>{width} x {height} pixels, {size}</source>
      <translation>{width} x {height} Pixel, {size}</translation>
    </message>
    <message>
      <source>{written} written, {failed} failed: “{name}”</source>
      <translation>{written} geschrieben, {failed} misslungen: „{name}“</translation>
    </message>
    <message>
      <source>“{color}” is no colour such as #7a3b1d.</source>
      <translation>„{color}“ ist keine Farbe wie #7a3b1d.</translation>
    </message>
    <message>
      <source>“{layer}” follows the sliders and cannot be merged.</source>
      <translation>„{layer}“ folgt den Reglern und lässt sich nicht vereinen.</translation>
    </message>
    <message>
      <source>“{layer}” follows the sliders; paint on a layer above it.</source>
      <translation>„{layer}“ folgt den Reglern; malen Sie auf einer Ebene darüber.</translation>
    </message>
    <message>
      <source>“{layer}” has values over 18; a mask holds the class numbers 0 to 18.</source>
      <translation>„{layer}“ hat Werte über 18; eine Maske enthält die Klassennummern 0 bis 18.</translation>
    </message>
    <message>
      <source>“{layer}” stays right above the photo's own mask; what is painted lies above it.</source>
      <translation>„{layer}“ bleibt direkt über der Maske des Fotos; Gemaltes liegt darüber.</translation>
    </message>
    <message>
      <source>“{name}” cannot be read as a mask: {problem}</source>
      <translation>„{name}“ lässt sich nicht als Maske lesen: {problem}</translation>
    </message>
    <message>
      <source>“{name}” cannot be removed; these can: {names}.</source>
      <translation>„{name}“ kann nicht entfernt werden; möglich sind: {names}.</translation>
    </message>
    <message>
      <source>“{name}” cannot be written; choose another place.</source>
      <translation>„{name}“ kann nicht geschrieben werden; wählen Sie einen anderen Ort.</translation>
    </message>
    <message>
      <source>“{name}” cannot get a colour; these can: {names}.</source>
      <translation>„{name}“ kann keine Farbe bekommen; diese können es: {names}.</translation>
    </message>
    <message>
      <source>“{name}” cannot take another style; these can: {names}.</source>
      <translation>„{name}“ kann keinen anderen Stil annehmen; diese können es: {names}.</translation>
    </message>
    <message>
      <source>“{name}” could not be moved to the trash: remove the file by hand.</source>
      <translation>„{name}“ ließ sich nicht in den Papierkorb legen: Die Datei bitte von Hand entfernen.</translation>
    </message>
    <message>
      <source>“{name}” could not be opened ({reason}); check that the file is there.</source>
      <translation>„{name}“ konnte nicht geöffnet werden ({reason}); prüfen Sie, ob die Datei da ist.</translation>
    </message>
    <message>
      <source>“{name}” could not be saved ({reason}); choose another folder or free some space.</source>
      <translation>„{name}“ konnte nicht gespeichert werden ({reason}); wählen Sie einen anderen Ordner oder schaffen Sie Platz.</translation>
    </message>
    <message>
      <source>“{name}” does not exist; check the path.</source>
      <translation>„{name}“ gibt es nicht; prüfen Sie den Pfad.</translation>
    </message>
    <message>
      <source>“{name}” does not fit into memory; close other programs or make it smaller first.</source>
      <translation>„{name}“ passt nicht in den Speicher; schließen Sie andere Programme oder verkleinern Sie es zuerst.</translation>
    </message>
    <message>
      <source>“{name}” does not say which format to write; end it with one of {known}.</source>
      <translation>„{name}“ sagt nicht, welches Format geschrieben werden soll; lassen Sie den Namen auf eines von {known} enden.</translation>
    </message>
    <message>
      <source>“{name}” has 32 bits per sample; save it with 8 or 16 bits per channel.</source>
      <translation>„{name}“ hat 32 Bit je Farbwert; sichern Sie es mit 8 oder 16 Bit je Kanal.</translation>
    </message>
    <message>
      <source>“{name}” has a colour profile that cannot be used; it was left out, so colours may look different.</source>
      <translation>„{name}“ hat ein Farbprofil, das sich nicht verwenden lässt; es wurde weggelassen, die Farben können daher anders aussehen.</translation>
    </message>
    <message>
      <source>“{name}” has floating-point samples; save it with 8 or 16 bits per channel.</source>
      <translation>„{name}“ hat Gleitkommawerte; sichern Sie es mit 8 oder 16 Bit je Kanal.</translation>
    </message>
    <message>
      <source>“{name}” has more than {limit} megapixels; make it smaller first.</source>
      <translation>„{name}“ hat mehr als {limit} Megapixel; verkleinern Sie es zuerst.</translation>
    </message>
    <message>
      <source>“{name}” has the class colours under other numbers than the classes; the colours were taken.</source>
      <translation>„{name}“ hat die Farben der Klassen unter anderen Nummern als die Klassen; die Farben wurden genommen.</translation>
    </message>
    <message>
      <source>“{name}” has the value {value}; a mask holds class numbers 0 to {last} (is it a photo or a black-and-white part file?).</source>
      <translation>„{name}“ hat den Wert {value}; eine Maske enthält Klassennummern von 0 bis {last} (ist es ein Foto oder die Schwarz-Weiß-Datei eines Teils?).</translation>
    </message>
    <message>
      <source>“{name}” has {count} pixels in colours of no class, the first with {color} at x {x}, y {y}; save the mask with the exact class colours and no smoothing, or make them background{option}.</source>
      <translation>„{name}“ hat {count} Pixel in Farben keiner Klasse, das erste mit {color} bei x {x}, y {y}; sichern Sie die Maske mit den genauen Farben der Klassen und ohne Glättung, oder machen Sie sie zu Hintergrund{option}.</translation>
    </message>
    <message>
      <source>“{name}” has {megapixels:.0f} megapixels; make it smaller than {limit} first.</source>
      <translation>„{name}“ hat {megapixels:.0f} Megapixel; verkleinern Sie es zuerst auf weniger als {limit}.</translation>
    </message>
    <message>
      <source>“{name}” holds more text beside its pixels than can be read; save it without its metadata.</source>
      <translation>„{name}“ enthält neben den Pixeln mehr Text, als sich lesen lässt; sichern Sie es ohne seine Metadaten.</translation>
    </message>
    <message>
      <source>“{name}” is a HEIC photo: install the package pillow-heif, or export it as JPEG first.</source>
      <translation>„{name}“ ist ein HEIC-Foto: installieren Sie das Paket pillow-heif, oder exportieren Sie es zuerst als JPEG.</translation>
    </message>
    <message>
      <source>“{name}” is a JPEG, which changes class numbers and colours: save the mask as PNG.</source>
      <translation>„{name}“ ist ein JPEG, das Klassennummern und Farben verändert: sichern Sie die Maske als PNG.</translation>
    </message>
    <message>
      <source>“{name}” is a TIFF of a rare kind: save it with 8 or 16 bits per channel, no floating point.</source>
      <translation>„{name}“ ist ein TIFF seltener Art: sichern Sie es mit 8 oder 16 Bit je Kanal, ohne Gleitkomma.</translation>
    </message>
    <message>
      <source>“{name}” is a camera's raw file: export it as JPEG or TIFF first.</source>
      <translation>„{name}“ ist die Rohdatei einer Kamera: exportieren Sie sie zuerst als JPEG oder TIFF.</translation>
    </message>
    <message>
      <source>“{name}” is a folder; choose a photo inside it.</source>
      <translation>„{name}“ ist ein Ordner; wählen Sie ein Foto darin.</translation>
    </message>
    <message>
      <source>“{name}” is an AVIF photo, which is not supported here: export it as JPEG first.</source>
      <translation>„{name}“ ist ein AVIF-Foto, das hier nicht unterstützt wird: exportieren Sie es zuerst als JPEG.</translation>
    </message>
    <message>
      <source>“{name}” is damaged or cut short; choose another copy of it.</source>
      <translation>„{name}“ ist beschädigt oder abgeschnitten; wählen Sie eine andere Kopie davon.</translation>
    </message>
    <message>
      <source>“{name}” is empty; choose another photo.</source>
      <translation>„{name}“ ist leer; wählen Sie ein anderes Foto.</translation>
    </message>
    <message>
      <source>“{name}” is in the trash.</source>
      <translation>„{name}“ liegt im Papierkorb.</translation>
    </message>
    <message>
      <source>“{name}” is no mask: it is a colour picture, and all black.</source>
      <translation>„{name}“ ist keine Maske: es ist ein Farbbild und ganz schwarz.</translation>
    </message>
    <message>
      <source>“{name}” is no mask: save it as 8-bit palette or grey PNG with the values 0 to 18.</source>
      <translation>„{name}“ ist keine Maske: sichern Sie es als 8-Bit-PNG mit Palette oder in Grau, mit den Werten 0 bis 18.</translation>
    </message>
    <message>
      <source>“{name}” is no set of weights; choose a folder with a manifest.json in it.</source>
      <translation>„{name}“ ist kein Satz Gewichte; wählen Sie einen Ordner mit einer manifest.json darin.</translation>
    </message>
    <message>
      <source>“{name}” is not a picture that can be read; choose a JPEG, PNG, WebP, TIFF or BMP photo.</source>
      <translation>„{name}“ ist kein Bild, das sich lesen lässt; wählen Sie ein Foto in JPEG, PNG, WebP, TIFF oder BMP.</translation>
    </message>
    <message>
      <source>“{name}” is not a picture that can be read; choose a JPEG, PNG, WebP, TIFF, BMP or HEIC photo.</source>
      <translation>„{name}“ ist kein Bild, das sich lesen lässt; wählen Sie ein Foto in JPEG, PNG, WebP, TIFF, BMP oder HEIC.</translation>
    </message>
    <message>
      <source>“{name}” is not a picture; choose a mask PNG.</source>
      <translation>„{name}“ ist kein Bild; wählen Sie ein Masken-PNG.</translation>
    </message>
    <message>
      <source>“{name}” is only {width}×{height} pixels; choose one with at least {least} on each side.</source>
      <translation>„{name}“ hat nur {width}×{height} Pixel; wählen Sie eines mit mindestens {least} auf jeder Seite.</translation>
    </message>
    <message>
      <source>“{name}” is transparent at {count} pixels; these became background.</source>
      <translation>„{name}“ ist an {count} Pixeln durchsichtig; diese wurden Hintergrund.</translation>
    </message>
    <message>
      <source>“{name}” is {width}×{height} pixels; a mask must be {size}×{size}, in the frame of the aligned face.</source>
      <translation>„{name}“ hat {width}×{height} Pixel; eine Maske muss {size}×{size} haben, im Rahmen des ausgerichteten Gesichts.</translation>
    </message>
    <message>
      <source>“{name}” may not be read; change its permissions or choose another photo.</source>
      <translation>„{name}“ darf nicht gelesen werden; ändern Sie die Zugriffsrechte oder wählen Sie ein anderes Foto.</translation>
    </message>
    <message>
      <source>“{name}” seems to number the parts in another order (17 is hair, as in face-parsing.PyTorch); import it with conversion to the CelebAMask-HQ order{option}.</source>
      <translation>„{name}“ scheint die Teile in anderer Reihenfolge zu zählen (17 ist Haar, wie in face-parsing.PyTorch); öffnen Sie sie umgewandelt in die Reihenfolge von CelebAMask-HQ{option}.</translation>
    </message>
    <message>
      <source>“{name}” was changed since you opened it, by another window or program. Save over that?</source>
      <translation>„{name}“ wurde von einem anderen Fenster oder Programm geändert, seit Sie es geöffnet haben. Überschreiben?</translation>
    </message>
    <message>
      <source>“{name}” was scaled smoothly: along its edges {count} pixels have {classes} classes that do not belong there; scale masks without smoothing (nearest neighbour), or snap the edges{option}.</source>
      <translation>„{name}“ wurde mit Glättung skaliert: an den Rändern haben {count} Pixel {classes} Klassen, die nicht dorthin gehören; skalieren Sie Masken ohne Glättung (nächster Nachbar), oder begradigen Sie die Ränder{option}.</translation>
    </message>
    <message>
      <source>“{name}”: {count} pixels in colours of no class became background.</source>
      <translation>„{name}“: {count} Pixel in Farben keiner Klasse wurden Hintergrund.</translation>
    </message>
    <message>
      <source>“{name}”: {count} pixels in colours of no class were taken from the nearest class.</source>
      <translation>„{name}“: {count} Pixel in Farben keiner Klasse bekamen die nächstgelegene Klasse.</translation>
    </message>
    <message>
      <source>“{name}”: {count} pixels of smoothed edges were given the class beside them.</source>
      <translation>„{name}“: {count} Pixel geglätteter Ränder bekamen die Klasse daneben.</translation>
    </message>
    <message>
      <source>“{name}”: {problem}</source>
      <translation>„{name}“: {problem}</translation>
    </message>
    <message>
      <source>“{path}” cannot be written ({reason}); choose another place or format.</source>
      <translation>„{path}“ lässt sich nicht schreiben ({reason}); wählen Sie einen anderen Ort oder ein anderes Format.</translation>
    </message>
    <message>
      <source>“{path}” cannot be written ({reason}); choose another place.</source>
      <translation>„{path}“ lässt sich nicht schreiben ({reason}); wählen Sie einen anderen Ort.</translation>
    </message>
    <message>
      <source>“{title}” was not closed properly; its last changes are kept.</source>
      <translation>„{title}“ wurde nicht richtig geschlossen; die letzten Änderungen sind noch da.</translation>
    </message>
    <message>
      <source>“{word}” is no NAME=VALUE, such as smile=0.6.</source>
      <translation>„{word}“ ist kein NAME=WERT wie smile=0.6.</translation>
    </message>
  </context>
</TS>
