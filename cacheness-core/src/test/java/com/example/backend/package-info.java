/** A metadata backend as an application would bring it. */
@NullMarked
package com.example.backend;

import org.jspecify.annotations.NullMarked;
