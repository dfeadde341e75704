/** What a move to a fork of the engine changes. */
package org.accountsecurity.engine.brand;
