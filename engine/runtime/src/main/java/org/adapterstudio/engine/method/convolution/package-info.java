/** Methods whose update is that of a convolution's kernel. */
package org.adapterstudio.engine.method.convolution;
