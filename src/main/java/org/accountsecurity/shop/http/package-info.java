/** The shop's own services as data sets, over the JSON contract in {@code docs/data-set-api.yaml}. */
package org.accountsecurity.shop.http;
