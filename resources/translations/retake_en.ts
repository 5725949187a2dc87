<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Announcing</name>
    <message numerus="yes">
        <source>%n take(s) need you</source>
        <translation>
            <numerusform>%n take needs you</numerusform>
            <numerusform>%n takes need you</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n take(s) ready to review</source>
        <translation>
            <numerusform>%n take ready to review</numerusform>
            <numerusform>%n takes ready to review</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{name}; %n more need you</source>
        <translation>
            <numerusform>{name}; %n more needs you</numerusform>
            <numerusform>{name}; %n more need you</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PromptTools</name>
    <message numerus="yes">
        <source>%n character(s) too many.</source>
        <translation>
            <numerusform>%n character too many.</numerusform>
            <numerusform>%n characters too many.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tending</name>
    <message numerus="yes">
        <source>Going on with %n take(s) from last time.</source>
        <translation>
            <numerusform>Going on with %n take from last time.</numerusform>
            <numerusform>Going on with %n takes from last time.</numerusform>
        </translation>
    </message>
</context>
</TS>
