package com.example.trusted;

/** A value of a package that not every cache trusts. */
public record Account(String owner, long cents) {}
