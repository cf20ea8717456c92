/** Tests of blobs in a bucket against a server in this process. */
package dev.cacheness.s3.tests;
